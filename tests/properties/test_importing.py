"""The import, the command included: good rows enter together, the others are named, twice is once."""

import json
from decimal import Decimal
from io import StringIO
from types import SimpleNamespace

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from properties.importing.reading import UnreadableFileError
from properties.importing.service import import_file
from properties.models import Property
from territory.geography import contains
from territory.models import Commune
from tests.properties.factories import ROW, write_csv

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]


@pytest.fixture
def file(tmp_path):
    return tmp_path / "biens.csv"


def run(path, **options):
    return import_file(path=path, source="agence", **options)


def reasons(report):
    return [(rejection.line, rejection.column) for rejection in report.rejections]


def test_a_row_becomes_a_property_on_the_market_of_its_source(file):
    assert run(write_csv(file, {})).created == ["A-1"]
    made = Property.objects.get()
    assert (made.source, made.source_reference, made.state) == ("agence", "A-1", "on_market")
    assert (made.surface, made.rent, made.commune_id, made.partner.slug) == (1240, 118, "94081", "ept")
    assert made.precision == "commune"
    assert contains(made.commune.boundary, made.public_latitude, made.public_longitude)
    assert made.published_at is not None


def test_the_same_file_twice_touches_nothing_the_second_time(file, told):
    write_csv(file, {"lots": "A:600:118:RDC|B:640::"}, {"reference": "A-2", "rent": ""})
    run(file)
    before = list(Property.objects.values())
    told.clear()
    report = run(file)
    assert (report.created, report.changed, report.unchanged) == ([], {}, ["A-1", "A-2"])
    assert list(Property.objects.values()) == before
    assert told == []


def test_a_changed_row_raises_its_version_and_no_other(file, told):
    run(write_csv(file, {}, {"reference": "A-2"}))
    point = Property.objects.values_list("public_latitude", "public_longitude").get(reference="A-1")
    told.clear()
    report = run(write_csv(file, {"rent": "120"}, {"reference": "A-2"}))
    assert report.changed == {"A-1": {"rent"}}
    assert dict(Property.objects.values_list("reference", "version")) == {"A-1": 2, "A-2": 1}
    assert Property.objects.values_list("public_latitude", "public_longitude").get(reference="A-1") == point
    assert told == [[Property.objects.get(reference="A-1").pk]]


def test_a_column_that_a_file_lacks_is_left_as_it_is(file):
    run(write_csv(file, {"lots": "A:600:118:RDC", "divisible_from": "310"}))
    run(write_csv(file, {"rent": "125"}))
    made = Property.objects.get()
    assert (made.rent, made.divisible_from) == (125, 310)
    assert [lot.label for lot in made.lots.all()] == ["A"]


def test_lots_follow_the_file(file):
    run(write_csv(file, {"lots": "A:600:118:RDC|B:640:120:R+1"}))
    report = run(write_csv(file, {"lots": "A:600:119:RDC"}))
    assert report.changed == {"A-1": {"lots"}}
    assert list(Property.objects.get().lots.values_list("label", "rent")) == [("A", Decimal(119))]
    assert Property.objects.get().version == 2


def test_two_sources_may_use_one_reference(file):
    write_csv(file, {})
    run(file)
    import_file(path=file, source="autre", dry_run=False)
    assert set(Property.objects.values_list("reference", "source")) == {("A-1", "agence"), ("AUTRE-A-1", "autre")}


def test_references_that_cannot_stand_in_an_address_are_made_anew(file):
    report = run(
        write_csv(
            file,
            {"reference": "Lot n° 12/b"},
            {"reference": "lot-n-12-b"},
            {"reference": "é" * 60},
            {"reference": "???"},
        )
    )
    assert report.created == ["LOT-N-12-B", "AGENCE-LOT-N-12-B", "E" * 20, "GOSB"]
    assert run(file).unchanged == report.created


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        ({"surface": "environ 300"}, "surface"),
        ({"surface": ""}, "surface"),
        ({"surface": "0"}, "surface"),
        ({"surface": "99999999999"}, "surface"),
        ({"divisible_from": "5000"}, "divisible_from"),
        ({"rent": "-3"}, "rent"),
        ({"price": "100000"}, "price"),
        ({"deal": "sale"}, "rent"),
        ({"type": "château"}, "type"),
        ({"deal": "troc"}, "deal"),
        ({"insee": "75056"}, "insee"),
        ({"insee": "Marseille"}, "insee"),
        ({"available_from": "bientôt"}, "available_from"),
        ({"fibre": "peut-être"}, "fibre"),
        ({"partner": "inconnu"}, "partner"),
        ({"title_fr": ""}, "title_fr"),
        ({"title_fr": "x" * 121}, "title_fr"),
        ({"reference": ""}, "reference"),
        ({"reference": "r" * 61}, "reference"),
        ({"latitude": "48,79"}, "latitude"),
        ({"latitude": "43,3", "longitude": "5,4"}, "latitude"),
        ({"lots": "A:beaucoup"}, "lots"),
        ({"lots": "A:10|A:20"}, "lots"),
        ({"power_kva": "12,5"}, "power_kva"),
    ],
    ids=str,
)
def test_a_wrong_row_is_named_by_line_and_column_and_blocks_no_other(file, wrong, column):
    report = run(write_csv(file, {"reference": "B-1"}, wrong, {"reference": "B-3"}))
    assert reasons(report) == [(3, column)]
    assert report.created == ["B-1", "B-3"]
    assert Property.objects.count() == 2
    if column in wrong and column != "reference":
        assert report.rejections[0].value == wrong[column]


def test_a_rejected_change_leaves_the_property_as_it_was(file):
    run(write_csv(file, {}))
    run(write_csv(file, {"rent": "-1", "surface": "10"}))
    made = Property.objects.get()
    assert (made.rent, made.surface, made.version) == (118, 1240, 1)


def test_the_same_reference_twice_in_a_file_is_rejected_the_second_time(file):
    report = run(write_csv(file, {}, {"rent": "90"}))
    assert reasons(report) == [(3, "reference")]
    assert "2" in report.rejections[0].reason
    assert Property.objects.get().rent == 118


def test_a_postcode_stands_for_its_commune_when_it_has_but_one(file):
    report = run(write_csv(file, {"insee": "94400"}, {"reference": "A-2", "insee": "Vitry-sur-Seine"}))
    assert not report.rejections
    assert set(Property.objects.values_list("commune", flat=True)) == {"94081"}


def test_a_postcode_of_several_communes_is_refused_with_their_names(file):
    shared = Commune.objects.get(pk="94003")
    shared.postcodes = ["94400"]
    shared.save()
    report = run(write_csv(file, {"insee": "94400"}))
    assert "Arcueil" in report.rejections[0].reason
    assert "Vitry-sur-Seine" in report.rejections[0].reason
    assert not Property.objects.exists()


def test_a_line_of_a_cell_with_line_breaks_is_where_the_row_starts(file):
    report = run(write_csv(file, {"description_fr": "une\ndeux\ntrois"}, {"reference": "A-2", "surface": "x"}))
    assert reasons(report) == [(5, "surface")]
    assert Property.objects.get().description["fr"] == "une\ndeux\ntrois"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encodings_and_separators(file, encoding, separator):
    title = "Entrepôt près d’Orly, 5 € la journée"
    run(write_csv(file, {"title_fr": title, "surface": "1 240,50"}, separator=separator, encoding=encoding))
    made = Property.objects.get()
    assert (made.title["fr"], made.surface) == (title, Decimal("1240.50"))


def test_a_workbook_reads_as_a_csv(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(list(ROW))
    book.active.append([*list(ROW.values())[:3], 1240.5, 118, 94081, "Atelier", "ept"])
    book.active.append([None] * 8)
    book.active.append(["A-2", "office", "rent", "beaucoup", 118, 94081, "Bureaux", "ept"])
    book.save(tmp_path / "biens.xlsx")
    report = run(tmp_path / "biens.xlsx")
    assert reasons(report) == [(4, "surface")]
    assert Property.objects.get().surface == Decimal("1240.50")


def test_json_reads_as_a_csv(tmp_path):
    path = tmp_path / "biens.json"
    path.write_text(json.dumps([ROW, ROW | {"reference": "A-2", "surface": 300, "fibre": True}]))
    assert run(path).created == ["A-1", "A-2"]
    assert Property.objects.get(reference="A-2").fibre == "yes"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"", "vide"),
        ("a.csv", b"\n\n ; \n", "vide"),
        ("a.csv", b"\x89PNG\r\n\x1a\n\x00\x00", "texte"),
        ("a.csv", b"reference,type\nA,office\n", "surface"),
        ("a.pdf", b"%PDF", "XLSX"),
        ("a.xlsx", b"not a workbook", "classeur"),
        ("a.json", b"{", "1"),
        ("a.json", b"{}", "liste"),
        ("a.json", b"[1]", "liste"),
        ("a.json", b"[" * 100_000, "."),
        ("a.json", b"[" + b"9" * 5000 + b"]", "."),
        ("a.csv", b'a,"' + b"x" * 200_000, "."),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path, name, content, said):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError, match=f"(?i){said}"):
        run(path)
    assert not Property.objects.exists()


def test_a_file_with_headers_only_imports_nothing(file):
    file.write_text(",".join(ROW))
    report = run(file)
    assert not report.created
    assert not report.rejections


def test_a_dry_run_says_the_same_and_writes_nothing(file, told):
    write_csv(file, {}, {"reference": "A-2", "surface": "x"})
    dry = run(file, dry_run=True)
    assert not Property.objects.exists()
    assert told == []
    wet = run(file)
    assert (dry.created, reasons(dry)) == (wet.created, reasons(wet))


def command(*arguments):
    out, err = StringIO(), StringIO()
    code = 0
    try:
        call_command("import_properties", *arguments, stdout=out, stderr=err)
    except SystemExit as left:
        code = left.code
    return code, out.getvalue(), err.getvalue()


def test_the_command_counts_and_names_what_it_rejects(file):
    write_csv(file, {}, {"reference": "A-2", "surface": "environ"})
    code, out, err = command(str(file), "--source", "agence")
    assert code == 1
    assert err.count("\n") == 1
    assert "3" in err
    assert "surface" in err
    assert "environ" in err
    assert "1" in out
    assert Property.objects.get().source == "agence"


def test_the_command_is_silent_about_nothing_when_all_is_well(file):
    code, _out, err = command(str(write_csv(file, {})))
    assert (code, err) == (0, "")
    assert Property.objects.exists()


def test_the_command_writes_nothing_on_a_dry_run(file):
    code, _out, _err = command(str(write_csv(file, {})), "--dry-run")
    assert code == 0
    assert not Property.objects.exists()


@pytest.fixture
def terminal(monkeypatch):
    """Somebody at a terminal, who types the answer that is given; the questions they were asked."""
    asked = []

    def type_(answer):
        monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
        monkeypatch.setattr("builtins.input", lambda question: asked.append(question) or answer())
        return asked

    return type_


@pytest.mark.parametrize(("answer", "made"), [("oui", 1), ("yes", 1), ("", 0), ("n", 0)])
def test_on_a_terminal_the_command_checks_tells_and_asks_first(file, terminal, answer, made):
    def answers():
        assert not Property.objects.exists()
        return answer

    asked = terminal(answers)
    _code, out, _err = command(str(write_csv(file, {})), "--source", "agence")
    assert len(asked) == 1
    assert "à blanc" in out.split("\n")[0]
    assert Property.objects.count() == made


def test_on_a_terminal_it_may_be_told_not_to_ask(file, terminal):
    asked = terminal(lambda: "no")
    command(str(write_csv(file, {})), "--source", "agence", "--yes")
    assert asked == []
    assert Property.objects.count() == 1


def test_what_was_asked_about_is_what_is_applied(file, terminal):
    def meanwhile():
        write_csv(file, {}, {"reference": "A-2"})
        return "oui"

    terminal(meanwhile)
    with pytest.raises(CommandError):
        command(str(write_csv(file, {})), "--source", "agence")
    assert not Property.objects.exists()


def test_the_command_says_when_there_is_no_file(tmp_path):
    with pytest.raises(CommandError, match=r"rien\.csv"):
        call_command("import_properties", str(tmp_path / "rien.csv"))
