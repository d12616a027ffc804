"""Count what a newcomer to the code meets first: `python -m tests.house.figures`, at the root of a clone.

Prints one line a figure with its aim, taken from the open codebases of this field (Wagtail, the sites of ONS and of The
National Archives); exit 1 while one is above it. Counts the files that git tracks, Python without migrations and tests.
"""

import ast
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

PRONOUNS = frozenset({"that", "what", "which", "who", "those", "it", "one", "such"})
RIDDLE = re.compile(r"(What|Who|Whether|Those|Everything|Which)\b")
WORD = re.compile(r"[A-Za-z’']+")
CSS_CLASS = re.compile(r"\.([a-z][a-z0-9_-]*)")
# Ends of file names in addresses, which look like classes.
NOT_CSS_CLASSES = frozenset({"css", "svg", "js"})
# Django finds these by their name: a module each.
NAMED_BY_DJANGO = frozenset({"Command", "Migration"})
LONGEST_FILE, WIDEST_FOLDER, SHORTEST_CSS_CLASS = 300, 16, 4
DOOR = (
    "LICENSE",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "SECURITY.md",
    ".editorconfig",
    "publiccode.yml",
    "docs/glossary.md",
)


@dataclass(frozen=True)
class Measure:
    """One figure, the greatest value accepted, and the names of the things counted."""

    label: str
    value: float
    aim: int
    unit: str = ""
    names: tuple[str, ...] = ()

    @property
    def reached(self) -> bool:
        return self.value <= self.aim

    def __str__(self) -> str:
        value = f"{self.value:.1f}" if isinstance(self.value, float) else str(self.value)
        shown = f": {', '.join(self.names[:6])}{' …' if len(self.names) > 6 else ''}" if self.names else ""
        return f"{'ok ' if self.reached else '-> '}{self.label} {value}{self.unit} (aim {self.aim}{self.unit}){shown}"


@dataclass(frozen=True)
class Module:
    """A Python file read once: path from the root, source, syntax tree."""

    path: str
    source: str
    tree: ast.Module


def measures(root: Path, paths: Iterable[str]) -> list[Measure]:
    """Every figure of the files at `paths`, relative to `root`."""
    paths = list(paths)
    modules = list(_modules(root, paths))
    docstrings = [text for module in modules for text in _docstrings(module.tree)]
    return [
        _repeated_class_names(modules),
        _pronouns(docstrings),
        _riddles(docstrings),
        _inner_imports(modules),
        _long_files(modules),
        _wide_folders(modules),
        _short_css_classes(root, paths),
        _lacking(paths),
    ]


def tracked(root: Path) -> list[str]:
    """Return the paths of tracked files, those removed from the working tree excepted."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=True).stdout
    return [path for path in listed.split("\0") if (root / path).is_file()]


def _modules(root: Path, paths: Iterable[str]) -> Iterator[Module]:
    for path in paths:
        if path.endswith(".py") and "migrations/" not in path and not path.startswith("tests/"):
            source = (root / path).read_text()
            yield Module(path, source, ast.parse(source))


def _docstrings(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Module):
            text = ast.get_docstring(node)
            if text:
                yield text


def _share(part: int, whole: int) -> float:
    """Per cent; nothing of nothing is none."""
    return 100 * part / max(1, whole)


def _repeated_class_names(modules: list[Module]) -> Measure:
    where = defaultdict(set)
    for module in modules:
        for node in module.tree.body:
            if isinstance(node, ast.ClassDef) and node.name not in NAMED_BY_DJANGO:
                where[node.name].add(module.path)
    repeated = sorted(name for name, paths in where.items() if len(paths) > 1)
    return Measure("class names in two or more modules", len(repeated), 2, names=tuple(repeated))


def _pronouns(docstrings: list[str]) -> Measure:
    words = [word.lower() for text in docstrings for word in WORD.findall(text)]
    share = _share(sum(word in PRONOUNS for word in words), len(words))
    return Measure("pronouns among the words of docstrings", share, 4, " %")


def _riddles(docstrings: list[str]) -> Measure:
    share = _share(sum(RIDDLE.match(text) is not None for text in docstrings), len(docstrings))
    return Measure("docstrings that open with What, Who, Whether …", share, 3, " %")


def _inner_imports(modules: list[Module]) -> Measure:
    places = []
    for module in modules:
        functions = [node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
        inner = {
            node.lineno
            for function in functions
            for node in ast.walk(function)
            if isinstance(node, ast.Import | ast.ImportFrom)
        }
        places += [f"{module.path}:{line}" for line in sorted(inner)]
    return Measure("imports in functions", len(places), 2, names=tuple(places))


def _long_files(modules: list[Module]) -> Measure:
    long = [
        module.path
        for module in modules
        if len(module.source.splitlines()) > LONGEST_FILE and "demo/content" not in module.path
    ]
    return Measure(f"files over {LONGEST_FILE} lines", len(long), 1, names=tuple(long))


def _wide_folders(modules: list[Module]) -> Measure:
    folders = Counter(str(Path(module.path).parent) for module in modules)
    wide = [f"{folder} {files}" for folder, files in sorted(folders.items()) if files > WIDEST_FOLDER]
    return Measure(f"folders over {WIDEST_FOLDER} Python files", len(wide), 0, names=tuple(wide))


def _short_css_classes(root: Path, paths: Iterable[str]) -> Measure:
    css = " ".join((root / path).read_text() for path in paths if path.endswith(".css"))
    short = sorted({name for name in CSS_CLASS.findall(css) if len(name) < SHORTEST_CSS_CLASS} - NOT_CSS_CLASSES)
    return Measure(f"CSS classes under {SHORTEST_CSS_CLASS} letters", len(short), 10, names=tuple(short))


def _lacking(paths: Iterable[str]) -> Measure:
    lacking = tuple(path for path in DOOR if path not in set(paths))
    return Measure("files a newcomer looks for and does not find", len(lacking), 0, names=lacking)


def main() -> int:
    root = Path.cwd()
    found = measures(root, tracked(root))
    for measure in found:
        print(measure)
    return 0 if all(measure.reached for measure in found) else 1


if __name__ == "__main__":
    sys.exit(main())
