"""`--constant field=value`: one value for every row, read as a cell is; what no row could take ends the import."""

from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from properties.models import Property
from properties.models.imports import ImportSource
from tests.properties.factories import ROW, write_csv

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]


def import_file(path, *constants, **options):
    given = [f"--constant={constant}" for constant in constants]
    call_command("import_properties", str(path), "--source", "agence", *given, stdout=StringIO(), **options)


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


@pytest.fixture
def file(tmp_path):
    """Two rows without the columns that the constants of these tests give."""
    path = write_csv(tmp_path / "biens.csv", {"reference": "A-1"}, {"reference": "A-2", "surface": "620"})
    text = path.read_text(encoding="utf-8")
    columns = [name for name in ROW if name not in ("type", "deal", "rent", "partner", "insee")]
    lines = [dict(zip(ROW, line.split(","), strict=True)) for line in text.splitlines()[1:]]
    path.write_text("\n".join([",".join(columns), *(",".join(row[name] for name in columns) for row in lines)]))
    return path


WHOLE = ("type=atelier", "deal=à louer", "loyer mensuel=12 400,50 €", "code postal=94400", "partner=cci-94")


def test_a_constant_is_read_as_the_cell_of_every_row(file):
    import_file(file, *WHOLE, "fibre=oui", "precision=rue", "adresse=12 rue du Bac", "expire le=31/12/2027")
    first, second = Property.objects.order_by("source_reference")
    for made in (first, second):
        assert (made.kind, made.deal, made.commune_id, made.partner.slug) == ("activity", "rent", "94081", "cci-94")
        assert (made.fibre, made.public_address, f"{made.expires_on}") == ("yes", "rue du Bac", "2027-12-31")
    assert (first.rent, second.rent) == (Decimal("120.00"), Decimal("240.01"))
    assert ImportSource.objects.get().partner.slug == "cci-94"


def test_the_same_constants_twice_change_nothing(file):
    import_file(file, *WHOLE)
    said = StringIO()
    given = [f"--constant={constant}" for constant in WHOLE]
    call_command("import_properties", str(file), "--source", "agence", *given, stdout=said)
    assert "2 unchanged" in said.getvalue()


@pytest.mark.parametrize(
    ("constant", "says"),
    [
        ("colour=blue", "no field is called so"),
        ("precision", "write field=value"),
        ("=rue", "no field is called so"),
        ("reference=A-9", "each row has a reference of its own"),
        ("precision=street", "this field is given twice"),
        ("charges=beaucoup", "charges=beaucoup: this is not a number"),
        ("charges=-3", "greater than or equal to 0"),
        ("fibre=peut-être", "write yes, no"),
        ("lease=bail rural", "unknown; choose among"),
        ("expires_on=demain", "this is not a date"),
        ("title_en=" + "x" * 121, "at most 120 characters"),
        ("lots=A", "a lot is written"),
    ],
)
def test_a_constant_that_no_row_could_take_ends_the_import(file, constant, says):
    with pytest.raises(CommandError, match=says):
        import_file(file, *WHOLE, "precision=rue", constant)
    assert not Property.objects.exists()
    assert not ImportSource.objects.exists()


@pytest.mark.parametrize(
    ("constant", "says"),
    [
        ("commune=75056", "outside the territory"),
        ("commune=", "this is required"),
        ("partner=nobody", "unknown partner"),
        ("type=", "this is required"),
    ],
)
def test_a_constant_names_what_there_is(file, constant, says):
    others = [given for given in WHOLE if not given.startswith((constant.split("=")[0], "code"))]
    with pytest.raises(CommandError, match=says):
        import_file(file, *others, constant)
    assert not Property.objects.exists()


def test_a_field_of_which_the_file_has_a_column_is_refused_and_not_overridden(tmp_path):
    path = write_csv(tmp_path / "f.csv", {"loyer annuel": "100000"})
    path.write_text(path.read_text().replace("rent,", "autre,"))
    with pytest.raises(CommandError, match="has a column “loyer annuel”, and rent is given as a constant"):
        import_file(path, "rent=118")
    assert not Property.objects.exists()


def test_rows_that_a_constant_does_not_suit_are_rejected_alone_and_named(file):
    said = StringIO()
    with pytest.raises(SystemExit):
        import_file(file, *WHOLE, "divisible_from=1000", stderr=said)
    assert [made.source_reference for made in Property.objects.all()] == ["A-1"]
    assert "line 3: divisible_from, 1000, " in said.getvalue()


def test_short_and_long_lines_have_the_constants_too(tmp_path):
    path = tmp_path / "f.csv"
    path.write_text("titre;surface;ref;agent\nAtelier;100;A-1\nAtelier;100;A-2;Me X;reste;reste\n")
    import_file(path, *WHOLE)
    assert Property.objects.filter(kind="activity", partner__slug="cci-94").count() == 2
