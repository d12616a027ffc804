"""One site made ready for visits, for all the files that a worker runs."""

from collections.abc import Iterator

import pytest

from tests.journeys.conftest import Site
from tests.journeys.pages.visiting import Grounds


@pytest.fixture(scope="session")
def ready(site: Site) -> Iterator[Grounds]:
    grounds = Grounds(site)
    yield grounds
    grounds.close()
