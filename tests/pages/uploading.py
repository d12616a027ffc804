"""The three doors through which editors send a file, and what the form says of it."""

import re
from html import unescape
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def send(client: Client, name: str, data: bytes, kind: str = "images"):
    """The file on the form that asks for one."""
    fields = {"title": "Vue", "tags": "", "collection": Collection.get_first_root_node().pk}
    fields |= {f"focal_point_{part}": "" for part in ("x", "y", "width", "height")}
    address = {"images": "wagtailimages:add", "documents": "wagtaildocs:add"}[kind]
    return client.post(reverse(address), fields | {"file": SimpleUploadedFile(name, data)})


def send_several(client: Client, name: str, data: bytes, kind: str = "images", title: str = "Vue"):
    """The same, dragged into the list."""
    address = {"images": "wagtailimages:add_multiple", "documents": "wagtaildocs:add_multiple"}[kind]
    field = {"title": title, "collection": Collection.get_first_root_node().pk}
    return client.post(reverse(address), field | {"files[]": SimpleUploadedFile(name, data)})


def send_from_a_page(client: Client, name: str, data: bytes, kind: str = "images"):
    """The same, from the window that chooses one."""
    prefix, address = {
        "images": ("image-chooser-upload", "wagtailimages_chooser:create"),
        "documents": ("document-chooser-upload", "wagtaildocs_chooser:create"),
    }[kind]
    fields = {f"{prefix}-title": "Vue", f"{prefix}-collection": Collection.get_first_root_node().pk}
    fields |= {f"{prefix}-tags": ""} | {f"{prefix}-focal_point_{part}": "" for part in ("x", "y", "width", "height")}
    return client.post(reverse(address), fields | {f"{prefix}-file": SimpleUploadedFile(name, data)})


DOORS = [send, send_several, send_from_a_page]


def refused(response) -> str:
    """The words of the form's refusal."""
    if response.headers["Content-Type"].startswith("application/json"):
        answer = response.json()
        html = answer.get("error_message") or answer["htmlFragment"]
    else:
        html = response.content.decode()
    found = re.findall(r'class="error-message"[^>]*>(.*?)</', html, re.S) if "<" in html else [html]
    return unescape(" ".join(found))
