"""What tests of the offering listen to."""

from collections.abc import Iterator

import pytest

from properties.signals import offering_changed


@pytest.fixture
def told() -> Iterator[list[list[int]]]:
    """The ids of every message about the offering, in order."""
    heard: list[list[int]] = []

    def listen(*, ids, **kwargs):
        heard.append(sorted(ids))

    offering_changed.connect(listen)
    yield heard
    offering_changed.disconnect(listen)
