"""The published demonstration, built once for these tests and rolled back after them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from demo.accounts import create_accounts
from demo.publishing import publish
from territory.services import load


@pytest.fixture(scope="package")
def published(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Territory, pages in both languages and accounts; each test then works in a savepoint of its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        load()
        publish()
        create_accounts()
        with django_db_blocker.block():
            yield
        transaction.set_rollback(True)


@pytest.fixture
def folders(settings, tmp_path: Path) -> Path:
    """The storage of production, in a folder of its own."""
    settings.MEDIA_ROOT, settings.PRIVATE_ROOT = str(tmp_path / "media"), str(tmp_path / "private")
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "foundation.uploads.storage.UploadStorage"}}
    return tmp_path


@pytest.fixture
def editor() -> Client:
    client = Client(headers={"accept-language": "fr"})
    client.force_login(get_user_model().objects.get(username="redaction"))
    return client
