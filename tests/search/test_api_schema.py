"""The API answers whatever its own document lets a client ask, and as that document says."""

import hypothesis
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from search.api.schema import document
from tests.search.world import make_world, plain, publish

pytestmark = pytest.mark.django_db
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
SCHEMA = schemathesis.openapi.from_dict(document())
SCHEMA.app = get_wsgi_application()


@pytest.fixture
def market(settings):
    settings.API_REQUESTS_PER_MINUTE = 0
    publish([plain(), plain(deal="sale", rent=None, price=950_000, walks=(("orly", 9),))], make_world())
    # The application closes its connection after each request, and the test's transaction with it.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@SCHEMA.parametrize()
@hypothesis.settings(max_examples=8, suppress_health_check=list(hypothesis.HealthCheck), derandomize=True)
def test_the_api_keeps_its_word(market, case):
    case.validate_response(case.call(), checks=CHECKS)
