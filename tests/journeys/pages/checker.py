"""The Nu checker: what is wrong with the HTML of many pages, found in one call of its Java programme."""

import json
import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

# Its file, which `.ci/test` gives; empty: the checker is left out, and `.ci/test` says so.
JAR = os.environ.get("NU_CHECKER", "")
# Said of what is right, each with why.
_RIGHT = ()


def check(pages: Mapping[str, str], folder: Path) -> list[str]:
    """Errors and warnings about pages, each with the page's name; `pages` is their HTML by name."""
    files = {}
    for number, (name, html) in enumerate(pages.items()):
        path = folder / f"{number:03d}.html"
        path.write_text(html)
        files[path.name] = name
    command = ["java", "-jar", JAR, "--format", "json", "--exit-zero-always", *(str(folder / file) for file in files)]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    said = json.loads(answer.stderr)["messages"]
    return [
        f"{files[Path(message['url']).name]}: {message['message']} ({_where(message)})"
        for message in said
        if not any(re.search(right, message["message"]) for right in _RIGHT)
    ]


def _where(message: Mapping[str, object]) -> str:
    return " ".join(str(message.get("extract", "")).split())
