"""The Nu HTML checker: every page that was seen, in one run of Java."""

import json
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path


def errors(jar: Path, documents: Mapping[str, str], folder: Path) -> Iterator[str]:
    """A sentence for each error of the documents, named by their keys. Warnings are left out."""
    names = {}
    for number, (name, html) in enumerate(documents.items()):
        path = folder / f"{number}.html"
        path.write_text(html)
        names[path.as_uri()] = name
    command = ["java", "-Xss2m", "-jar", jar, "--errors-only", "--format", "json", "--stdout", "--exit-zero-always"]
    answer = subprocess.run([*command, *sorted(folder.glob("*.html"))], capture_output=True, text=True, check=True)
    for message in json.loads(answer.stdout)["messages"]:
        near = " ".join(message.get("extract", "").split())[:160]
        yield f"{names.get(message.get('url'), '')}, line {message.get('lastLine')}: {message['message']} {near}"
