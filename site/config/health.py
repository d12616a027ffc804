"""Liveness and readiness probes."""

from typing import Any

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from foundation.accounts import mails
from foundation.lookalikes import visitors_look_alike
from implantation.enquiries.models import Notice
from implantation.routing.activation import missing
from implantation.routing.choices import ProofState
from implantation.routing.models import TableMail
from implantation.routing.proof.keeping import read_proof
from search.elastic.indexing.state import state as index_state
from search.engines.database.table import is_current as index_is_packed


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 while the process lives, whatever the state of its dependencies."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 503 while no enquiry could be held, else 200; `degraded` names impaired parts.

    503 without a database, with a pending migration, or without a coordinator or a routing table (`missing`).
    """
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return JsonResponse({"status": "no database"}, status=503)
    if pending:
        return JsonResponse({"status": "pending migration"}, status=503)
    if lacking := missing():
        return JsonResponse({"status": "not set up", "missing": lacking, "hint": "manage.py setup"}, status=503)
    degraded = _routing()
    degraded += ["notices"] if Notice.objects.failed().exists() or TableMail.objects.failed().exists() else []
    degraded += ["account mails"] if mails.in_trouble().exists() else []
    degraded += ["visitors look alike"] if visitors_look_alike() else []
    answer: dict[str, Any] = {"status": "ready"}
    if index := index_state():
        # Index in force, waiting changes, and age of the oldest in seconds.
        debt = index.debt
        backlog = {"waiting": debt.waiting, "set_aside": debt.set_aside, "lag": debt.seconds}
        answer["search"] = {"index": index.version, **backlog}
        degraded += ["search"] if index.late or index.unserved else []
    # Rows packed by another release: no facet counts until the index is rebuilt.
    degraded += [] if index_is_packed() else ["facets"]
    return JsonResponse(answer | ({"degraded": degraded} if degraded else {}))


def _routing() -> list[str]:
    """Return the degradations of the routing table in force; reads the stored proof, never computes one."""
    proof = read_proof()
    if proof is None or proof.state == ProofState.REFUTED:
        return ["routing"]
    return ["routing being proved anew"] if proof.state == ProofState.STALE else []
