"""The published demonstration, built once for these tests and rolled back after them."""

from collections.abc import Iterator

import pytest
from django.db import transaction
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
