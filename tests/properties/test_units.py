"""A source's unit becomes ours, and what it gave is kept beside."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.importing.service import import_file
from properties.importing.units import UNDISCLOSED, canonical, convert
from properties.models import Property
from tests.properties.factories import ROW, write_csv

_surfaces = st.decimals(1, 100_000, places=2)


@pytest.mark.parametrize(
    ("header", "value", "field", "stored", "unit"),
    [
        ("Loyer m² mois", "9,50", "rent", "114.00", "€/m²/month"),
        ("Loyer annuel", "146 320 €", "rent", "118.00", "€/year"),
        ("Loyer mensuel", "12193,33", "rent", "118.00", "€/month"),
        ("Charges annuelles", "27280", "charges", "22.00", "€/year"),
    ],
)
@pytest.mark.django_db
@pytest.mark.usefixtures("territory")
def test_an_amount_in_the_sources_unit(tmp_path, header, value, field, stored, unit):
    row = {name: cell for name, cell in ROW.items() if name != "rent"}
    path = tmp_path / "premises.csv"
    path.write_text(";".join([*row, header]) + "\n" + ";".join([*row.values(), value]) + "\n", encoding="utf-8")
    report = import_file(path=path, source="agence")
    assert not report.rejections
    made = Property.objects.get()
    assert getattr(made, field) == Decimal(stored)
    assert made.source_values[field]["unit"] == unit
    again = import_file(path=path, source="agence")
    assert again.unchanged == [made.reference]


@pytest.mark.parametrize("words", ["NC", "sur demande", "Non communiqué", "on request"])
@pytest.mark.django_db
@pytest.mark.usefixtures("territory")
def test_not_disclosed_is_neither_zero_nor_not_stated(tmp_path, words):
    import_file(path=write_csv(tmp_path / "a.csv", {"rent": words}), source="agence")
    made = Property.objects.get()
    assert (made.rent, made.undisclosed) == (None, True)
    import_file(path=write_csv(tmp_path / "a.csv", {"rent": "118"}), source="agence")
    made.refresh_from_db()
    assert (made.rent, made.undisclosed) == (118, False)
    import_file(path=write_csv(tmp_path / "a.csv", {"rent": ""}), source="agence")
    made.refresh_from_db()
    assert (made.rent, made.undisclosed) == (None, False)


def test_hectares_are_read_before_what_is_reckoned_from_them():
    values = canonical([("price", "€/m²", Decimal(100)), ("surface", "ha", Decimal("1.5"))])
    assert (values["surface"], values["price"]) == (15_000, 1_500_000)
    assert values["source_values"] == {
        "surface": {"value": "1.5", "unit": "ha"},
        "price": {"value": "100", "unit": "€/m²"},
    }


def test_an_undisclosed_amount_has_no_unit():
    values = canonical([("surface", "", Decimal(10)), ("rent", "€/year", UNDISCLOSED)])
    assert (values["rent"], values["undisclosed"], values["source_values"]) == (None, True, {})


@given(st.decimals(0, 10_000, places=2), _surfaces)
def test_a_rent_of_the_whole_comes_back_to_the_cent(rent, surface):
    yearly = convert(rent, "€/m²/month")
    assert yearly == rent * 12
    assert abs(convert(rent * surface, "€/year", surface) - rent) <= Decimal("0.01")
