"""Documents are what they are called, are downloaded through a view that asks their collection, and lie in private."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction

from tests.pages.uploading import DOORS, files, refused, send
from tests.pictures import photo_with_gps, svgs
from tests.properties.factories import pdf_bytes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published", "folders")]


def workbook() -> bytes:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


def open_document(kind: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("content.xml", "<office:document-content/>")
    return out.getvalue()


GOOD = {
    "a.pdf": pdf_bytes(),
    "a.csv": "nom;surface\nÉtape;12\n".encode(),
    "old.csv": "nom;surface\nÉtape;12\n".encode("cp1252"),
    "wide.csv": "nom;surface\nÉtape;12\n".encode("utf-16"),
    "a.xlsx": workbook(),
    "a.odt": open_document("text"),
    "a.ods": open_document("spreadsheet"),
}


def stored(**values) -> Document:
    return Document.objects.create(title="Note", file=ContentFile(pdf_bytes(), name="note.pdf"), **values)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("name", list(GOOD))
def test_a_document_is_stored_in_private_and_downloaded_whole(editor, client, folders, door, name):
    assert door(editor, name, GOOD[name], "documents").status_code in (200, 302)
    document = Document.objects.get()
    assert files(folders) == [f"private/documents/{name}"]
    assert document.file_size == len(GOOD[name])
    response = client.get(document.url)
    assert b"".join(response.streaming_content) == GOOD[name]
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "private" in response["Cache-Control"]
    assert client.get(f"/media/documents/{name}").status_code == 404


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("extension", ["pdf", "csv", "xlsx", "odt", "ods"])
@pytest.mark.parametrize(
    "data",
    [*svgs().values(), b"<!DOCTYPE html><script>alert(1)</script>", photo_with_gps(), b"\x7fELF\0\0", b"PK\x03\x04"],
    ids=[*svgs(), "html", "photo", "programme", "zip"],
)
def test_a_file_that_is_not_what_its_name_says_is_refused_in_words(editor, folders, door, extension, data):
    response = door(editor, f"a.{extension}", data, "documents")
    assert not Document.objects.exists()
    assert files(folders) == []
    assert "SVG" in refused(response) or extension.upper() in refused(response)


@pytest.mark.parametrize(("first", "second"), [("a.pdf", "a.csv"), ("a.xlsx", "a.ods"), ("a.odt", "a.xlsx")])
def test_a_document_of_another_kind_is_refused(editor, first, second):
    assert send(editor, second, GOOD[first], "documents").status_code == 200
    assert not Document.objects.exists()


def test_a_new_title_leaves_the_file_as_it_is(editor):
    document = stored()
    fields = {"title": "Autre titre", "tags": "", "collection": document.collection_id}
    editor.post(reverse("wagtaildocs:edit", args=[document.pk]), fields)
    document.refresh_from_db()
    assert (document.title, document.file.name) == ("Autre titre", "documents/note.pdf")
    assert document.file.open().read() == pdf_bytes()


def test_a_new_file_is_checked_and_the_former_one_is_gone(editor, folders):
    document = stored()
    fields = {"title": "Note", "tags": "", "collection": document.collection_id}
    address = reverse("wagtaildocs:edit", args=[document.pk])
    editor.post(address, fields | {"file": SimpleUploadedFile("b.pdf", svgs()["plain"])})
    assert files(folders) == ["private/documents/note.pdf"]
    editor.post(address, fields | {"file": SimpleUploadedFile("b.csv", GOOD["a.csv"])})
    assert files(folders) == ["private/documents/b.csv"]


@pytest.mark.parametrize("restriction", ["login", "groups", "password"])
def test_a_closed_collection_gives_its_documents_to_nobody_outside(client, editor, restriction):
    closed = Collection.get_first_root_node().add_child(name="Interne")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type=restriction, password="x")
    document = stored(collection=closed)
    for address in (document.url, "/media/documents/note.pdf", "/media/../private/documents/note.pdf"):
        response = client.get(address)
        assert response.status_code in (200, 302, 404)
        assert not response.streaming
        assert pdf_bytes() not in response.content
    if restriction == "login":
        assert b"".join(editor.get(document.url).streaming_content) == pdf_bytes()


def test_a_deleted_document_leaves_the_private_folder(editor, folders, django_capture_on_commit_callbacks):
    document = stored()
    with django_capture_on_commit_callbacks(execute=True):
        document.delete()
    [owed] = DBTaskResult.objects.filter(task_path__endswith="delete_file_from_storage_task")
    owed.task.func(*owed.args_kwargs["args"], **owed.args_kwargs["kwargs"])
    assert files(folders) == []


@pytest.mark.parametrize("name", ["documents/a.pdf", "./documents/a.pdf"])
def test_whatever_the_path_a_document_has_no_public_address(folders: Path, name):
    saved = default_storage.save(name, ContentFile(pdf_bytes()))
    assert files(folders) == ["private/documents/a.pdf"]
    assert default_storage.open(saved).read() == pdf_bytes()
    with pytest.raises(NotImplementedError):
        default_storage.url(saved)
    assert default_storage.url("documents-2/a.webp") == "/media/documents-2/a.webp"
