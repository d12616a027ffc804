"""A coordinated pair of partners, a table of two rules, and an officer for each."""

from types import SimpleNamespace

import pytest

from implantation.routing.facts import Activity
from territory.choices import OfficerRole
from tests.implantation.factories import in_force
from tests.territory.factories import CommuneFactory, CoordinatorFactory, OfficerFactory, PartnerFactory


@pytest.fixture
def partnership(db):
    """`ept` coordinates and takes what no rule gives; `cma` takes craft; `cci` is given nothing by the table."""
    CommuneFactory(insee="94081", name="Vitry-sur-Seine")
    ept = PartnerFactory(slug="ept", is_coordinator=True)
    cma = PartnerFactory(slug="cma")
    cci = PartnerFactory(slug="cci")
    table = in_force((cma, {"activity": [Activity.CRAFT]}), (ept, {}))
    return SimpleNamespace(
        ept=ept,
        cma=cma,
        cci=cci,
        table=table,
        coordinator=CoordinatorFactory(partner=ept).user,
        ept_officer=OfficerFactory(partner=ept).user,
        cma_officer=OfficerFactory(partner=cma).user,
        cma_deputy=OfficerFactory(partner=cma, role=OfficerRole.DEPUTY).user,
        cci_officer=OfficerFactory(partner=cci).user,
    )
