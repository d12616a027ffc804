"""The figures of `make figures`, each counted on a small tree whose answer is known."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.figures import DOOR, Measure, measures, tracked

ROOT = Path(__file__).resolve().parents[2]


def counted(root: Path, files: dict[str, str]) -> dict[str, Measure]:
    """Write the files and count them; measures by their label."""
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return {measure.label: measure for measure in measures(root, files)}


def test_a_class_name_in_two_modules_is_counted_once(tmp_path):
    found = counted(
        tmp_path,
        {
            "search/answers.py": "class Answer: ...\nclass Command: ...\nclass Alone: ...",
            "properties/answers.py": "class Answer: ...\nclass Command: ...",
            "tests/answers.py": "class Alone: ...",
        },
    )
    assert found["class names in two or more modules"].names == ("Answer",)


def test_pronouns_and_riddles_are_shares_of_all_docstrings(tmp_path):
    source = '"""What it is."""\n\ndef facet():\n    """Return the facet excluded from this count."""\n'
    found = counted(tmp_path, {"search/words.py": source})
    assert found["pronouns among the words of docstrings"].value == pytest.approx(200 / 10)
    assert found["docstrings that open with What, Who, Whether …"].value == pytest.approx(50)


def test_an_import_in_a_nested_function_counts_once(tmp_path):
    source = "import os\n\ndef outer():\n    def inner():\n        import re\n        return re\n    return inner\n"
    found = counted(tmp_path, {"search/late.py": source})
    assert found["imports in functions"].names == ("search/late.py:5",)


def test_long_files_and_wide_folders_start_above_their_limit(tmp_path):
    found = counted(
        tmp_path,
        {
            "search/just.py": "x = 1\n" * 300,
            "search/long.py": "x = 1\n" * 301,
            "site/demo/content/long.py": "x = 1\n" * 301,
            **{f"wide/m{number}.py": "" for number in range(17)},
            **{f"narrow/m{number}.py": "" for number in range(16)},
            **{f"wide/migrations/m{number}.py": "" for number in range(17)},
        },
    )
    assert found["files over 300 lines"].names == ("search/long.py",)
    assert found["folders over 16 Python files"].names == ("wide 17",)


def test_css_classes_are_counted_once_without_file_endings(tmp_path):
    found = counted(tmp_path, {"site/static/look.css": ".ab{} .ab .abc{} .card{background:url(ground.svg)}"})
    assert found["CSS classes under 4 letters"].names == ("ab", "abc")


def test_a_missing_door_is_named(tmp_path):
    found = counted(tmp_path, dict.fromkeys(DOOR[1:], ""))["files a newcomer looks for and does not find"]
    assert (found.names, found.reached) == (("LICENSE",), False)


def test_a_measure_says_its_aim_and_at_most_six_names():
    assert str(Measure("riddles", 2.04, 3, " %")) == "ok riddles 2.0 % (aim 3 %)"
    assert str(Measure("names", 7, 2, names=tuple("abcdefg"))) == "-> names 7 (aim 2): a, b, c, d, e, f …"


def test_the_command_prints_a_line_a_figure_and_tells_by_its_exit():
    done = subprocess.run([sys.executable, "-m", "tests.house.figures"], cwd=ROOT, capture_output=True, text=True)
    lines = done.stdout.splitlines()
    assert len(lines) == len(measures(ROOT, tracked(ROOT)))
    assert done.returncode == any(line.startswith("->") for line in lines), done.stderr
