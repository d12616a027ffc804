"""Reads of the offering that several pages share."""

import pytest

from properties.models import Property
from tests.properties.factories import make_property

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]


def test_what_was_checked_last_comes_first_no_two_alike_and_what_never_was_comes_last():
    never = make_property(kind="office", verified_on=None)
    older = make_property(kind="warehouse", verified_on="2026-11-01")
    make_property(kind="activity", verified_on="2026-11-18")
    newest = make_property(kind="activity", verified_on="2026-11-20")
    assert Property.objects.checked_last(3, apart="kind") == [newest, older, never]
    assert Property.objects.checked_last(1, apart="kind") == [newest]
    assert Property.objects.none().checked_last(3, apart="kind") == []
