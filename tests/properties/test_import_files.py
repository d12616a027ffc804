"""Three files as partners send them, end to end; and files that no partner should be able to hurt us with."""

import zipfile
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from properties.importing.headers import find_header
from properties.importing.reading import MAX_BYTES, UnreadableFileError, count_lines, read
from properties.importing.report import OutOfDateError, TooManyWithdrawalsError
from properties.importing.service import import_file
from properties.models import Change, ImportSource, Property
from territory.models import Partner
from tests.properties.factories import ROW, make_property, write_csv

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]
FILES = Path(__file__).parent / "files"


@pytest.fixture
def ept():
    return Partner.objects.get(slug="ept")


def lines(report):
    return [(rejection.line, rejection.column) for rejection in report.rejections]


def test_the_chambers_windows_1252_file(ept):
    report = import_file(path=FILES / "chambre.csv", source="chambre", partner=ept)
    assert lines(report) == [(4, "Surface totale"), (8, "Référence"), (9, "Code postal")]
    assert report.rejections[0].value == "environ 300"
    assert report.unknown == ["Conseiller"]
    assert len(report.created) == 3
    workshop = Property.objects.get(source_reference="CCI-2026-014")
    assert (workshop.surface, workshop.rent, workshop.docks) == (Decimal("1240.50"), 118, 2)
    assert workshop.title["fr"] == "Atelier avec cour – accès direct A86"
    assert workshop.agent == "Cabinet Lœuille"
    assert (workshop.available_from, workshop.dpe_on) == (date(2027, 3, 1), date(2024, 2, 14))
    warehouse = Property.objects.get(source_reference="CCI-2026-016")
    assert (warehouse.surface, warehouse.price, warehouse.available_from) == (5400, 6_750_000, date(2027, 9, 15))
    assert Property.objects.get(source_reference="CCI-2026-017").undisclosed


def test_the_agencys_workbook_with_a_title_merged_headers_and_formulas(ept):
    report = import_file(path=FILES / "agency.xlsx", source="agence", partner=ept)
    assert lines(report) == [(6, "Surface totale"), (7, "Disponible le"), (8, "latitude")]
    assert report.rejections[0].value == "=D5/2"
    assert report.unknown == []
    assert set(Property.objects.values_list("source_reference", flat=True)) == {"ASP-1", "ASP-5"}
    warehouse = Property.objects.get(source_reference="ASP-1")
    assert (warehouse.surface, warehouse.offices_surface, warehouse.rent) == (2400, 180, Decimal("95.50"))
    assert (warehouse.latitude, warehouse.available_from) == (48.7875, date(2027, 2, 1))


@pytest.mark.parametrize("name", ["chambre.csv", "agency.xlsx", "portal.json"])
def test_lines_are_counted_before_they_are_read(name):
    *_rows, (last, _cells) = read(FILES / name)
    assert abs((count_lines(FILES / name) or 0) - last) <= 1  # a workbook may leave out an empty row


@pytest.mark.parametrize("name", ["a.xlsx", "a.json", "a.pdf", "none.csv"])
def test_what_cannot_be_read_is_not_counted(tmp_path, name):
    if not name.startswith("none"):
        (tmp_path / name).write_bytes(b"[" * 10_000)
    assert count_lines(tmp_path / name) is None


def test_a_formula_counts_for_the_result_that_was_saved_with_it():
    _header, rows = find_header(read(FILES / "agency.xlsx"), {})
    assert [cells[5] for _line, cells in rows] == [95.5, 110, 191, 180, 175]


def test_the_portals_english_export(ept):
    report = import_file(path=FILES / "portal.json", source="portal", partner=ept)
    assert lines(report) == [(4, "partner"), (5, "kind")]
    laboratory = Property.objects.get(source_reference="INV-7")
    assert (laboratory.rent, laboratory.commune.name, laboratory.built_in) == (258, "Villejuif", 2019)
    assert (laboratory.fibre, laboratory.goods_lift, laboratory.dpe) == ("yes", "no", "B")
    assert Property.objects.get(source_reference="INV-8").undisclosed
    assert not Property.objects.exclude(partner=ept).exists()


def test_a_saved_mapping_names_a_column_and_leaves_another_out(tmp_path, ept):
    path = write_csv(tmp_path / "a.csv", {"m2 utiles": "700", "rent": "1"})
    path.write_text(path.read_text().replace("surface", "brut"))
    with pytest.raises(UnreadableFileError, match="surface"):
        import_file(path=path, source="a", partner=ept)
    report = import_file(path=path, source="a", partner=ept, mapping={"m2 utiles": "surface", "rent": ""})
    made = Property.objects.get(reference=report.created[0])
    assert (made.surface, made.rent) == (700, None)


def test_a_line_of_data_is_never_taken_for_a_header(tmp_path, ept):
    write_csv(tmp_path / "a.csv", {"title_fr": "adresse"}, {"reference": "A-2"})
    assert import_file(path=tmp_path / "a.csv", source="a", partner=ept).created == ["A-1", "A-2"]


def test_utf_16_is_read_when_it_says_so(tmp_path, ept):
    write_csv(tmp_path / "a.csv", {"title_fr": "Entrepôt"}, separator="\t", encoding="utf-16")
    import_file(path=tmp_path / "a.csv", source="a", partner=ept)
    assert Property.objects.get().title["fr"] == "Entrepôt"


def test_a_formula_in_a_csv_is_text_and_comes_back_inert(tmp_path, ept):
    write_csv(tmp_path / "a.csv", {"surface": "=1+1", "title_fr": '=HYPERLINK("http://x")'})
    report = import_file(path=tmp_path / "a.csv", source="a", partner=ept)
    assert lines(report) == [(2, "surface")]
    assert ";=" not in report.rejected_csv()
    assert " =1+1" in report.rejected_csv()


def test_a_file_of_200_mb_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "a.csv"
    with path.open("wb") as stream:
        stream.truncate(200_000_000)
    with pytest.raises(UnreadableFileError, match=str(MAX_BYTES // 10**6)):
        read(path)


def test_a_bomb_is_not_opened(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/worksheets/a.xml", "w") as sheet:
        for _chunk in range(450):
            sheet.write(b"\0" * 1_000_000)
    assert path.stat().st_size < 1_000_000
    with pytest.raises(UnreadableFileError, match=r"(?i)split|découpez"):
        list(read(path))


def test_a_sheet_that_claims_a_million_columns_is_read_by_what_it_holds(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["reference", "surface"])
    book.save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as old, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'ref="A1:B1"', b'ref="A1:XFD1048576"'))
    assert list(read(tmp_path / "b.xlsx")) == [(1, ["reference", "surface"])]


def test_rejected_rows_are_corrected_and_imported_again(tmp_path, ept):
    write_csv(tmp_path / "a.csv", {}, {"reference": "A-2", "surface": "environ 300"})
    report = import_file(path=tmp_path / "a.csv", source="a", partner=ept)
    (tmp_path / "b.csv").write_text(report.rejected_csv().replace("environ 300", "300", 1), encoding="utf-8")
    again = import_file(path=tmp_path / "b.csv", source="a", partner=ept)
    assert (again.created, again.rejections) == (["A-2"], [])


def test_each_change_is_told_from_before_to_after(tmp_path, ept):
    import_file(path=write_csv(tmp_path / "a.csv", {}), source="a", partner=ept)
    report = import_file(path=write_csv(tmp_path / "a.csv", {"rent": "120"}), source="a", partner=ept, dry_run=True)
    assert report.differences == {"A-1": {"rent": ["118", "120"]}}
    assert Property.objects.get().rent == 118


def many(path, number):
    return write_csv(path, *({"reference": f"A-{index}"} for index in range(number)))


def test_what_a_complete_file_lacks_is_withdrawn_and_keeps_its_row(tmp_path, ept):
    other = make_property()
    import_file(path=many(tmp_path / "a.csv", 10), source="a", partner=ept)
    dry = import_file(path=many(tmp_path / "a.csv", 8), source="a", partner=ept, complete=True, dry_run=True)
    assert dry.missing == {"A-8": "A-8", "A-9": "A-9"}
    assert not Property.objects.filter(state="withdrawn").exists()
    import_file(
        path=tmp_path / "a.csv",
        source="a",
        partner=ept,
        complete=True,
        keep=frozenset({"A-9"}),
        expected=dry.digest,
    )
    assert list(Property.objects.filter(state="withdrawn").values_list("reference", flat=True)) == ["A-8"]
    assert Change.objects.get().fields == {"state": ["on_market", "withdrawn"]}
    other.refresh_from_db()
    assert (other.state, Property.objects.count()) == ("on_market", 11)


def test_a_line_that_is_rejected_is_not_missing(tmp_path, ept):
    import_file(path=many(tmp_path / "a.csv", 2), source="a", partner=ept)
    write_csv(tmp_path / "a.csv", {"reference": "A-0"}, {"reference": "A-1", "surface": "?"})
    report = import_file(path=tmp_path / "a.csv", source="a", partner=ept, complete=True)
    assert (lines(report), report.missing) == ([(3, "surface")], {})


def test_a_file_that_would_withdraw_more_than_a_fifth_stops_and_writes_nothing(tmp_path, ept):
    import_file(path=many(tmp_path / "a.csv", 10), source="a", partner=ept)
    write_csv(tmp_path / "a.csv", *({"reference": f"A-{index}", "rent": "99"} for index in range(7)))
    with pytest.raises(TooManyWithdrawalsError):
        import_file(path=tmp_path / "a.csv", source="a", partner=ept, complete=True)
    assert not Property.objects.filter(rent=99).exists()
    assert not Property.objects.filter(state="withdrawn").exists()
    import_file(path=tmp_path / "a.csv", source="a", partner=ept, complete=True, allow_withdrawals=True)
    assert Property.objects.filter(state="withdrawn").count() == 3


def test_what_is_kept_does_not_count_among_what_would_be_withdrawn(tmp_path, ept):
    import_file(path=many(tmp_path / "a.csv", 10), source="a", partner=ept)
    few = many(tmp_path / "a.csv", 7)
    with pytest.raises(TooManyWithdrawalsError):
        import_file(path=few, source="a", partner=ept, complete=True, keep=frozenset({"A-1", "unknown"}))
    assert not Property.objects.filter(state="withdrawn").exists()
    import_file(path=few, source="a", partner=ept, complete=True, keep=frozenset({"A-9"}))
    assert set(Property.objects.filter(state="withdrawn").values_list("reference", flat=True)) == {"A-7", "A-8"}


def test_a_fifth_is_counted_of_what_the_source_has_on_the_market(tmp_path, ept):
    import_file(path=many(tmp_path / "a.csv", 15), source="a", partner=ept)
    Property.objects.filter(reference__in=[f"A-{number}" for number in range(10, 15)]).update(state="closed")
    few = many(tmp_path / "a.csv", 7)
    # Three of ten, not of fifteen.
    with pytest.raises(TooManyWithdrawalsError):
        import_file(path=few, source="a", partner=ept, complete=True)
    import_file(path=many(tmp_path / "a.csv", 8), source="a", partner=ept, complete=True)
    assert Property.objects.filter(state="withdrawn").count() == 2
    assert Property.objects.filter(state="closed").count() == 5, "what was let is not missing"


def test_a_partners_complete_file_withdraws_nobody_elses_properties(tmp_path, ept):
    import_file(path=many(tmp_path / "a.csv", 10), source="a", partner=ept)
    Property.objects.filter(reference="A-9").update(partner=Partner.objects.get(slug="cci-94"))
    import_file(path=many(tmp_path / "a.csv", 9), source="a", partner=ept, complete=True)
    assert not Property.objects.filter(state="withdrawn").exists()


def test_a_report_that_would_be_another_now_is_not_applied(tmp_path, ept):
    path = write_csv(tmp_path / "a.csv", {"rent": "120"}, {"reference": "A-2"})
    dry = import_file(path=path, source="a", partner=ept, dry_run=True)
    import_file(path=write_csv(tmp_path / "b.csv", {}), source="a", partner=ept)
    with pytest.raises(OutOfDateError):
        import_file(path=path, source="a", partner=ept, expected=dry.digest)
    assert list(Property.objects.values_list("reference", "rent")) == [("A-1", 118)]


def test_a_source_leaves_a_property_that_is_another_partners_now(tmp_path, ept):
    path = write_csv(tmp_path / "a.csv", {})
    import_file(path=path, source="a", partner=ept)
    Property.objects.update(partner=Partner.objects.get(slug="cci-94"))
    report = import_file(path=write_csv(path, {"rent": "99"}), source="a", partner=ept, complete=True)
    assert (lines(report), report.missing) == ([(2, "reference")], {})
    assert Property.objects.get().rent == 118


def test_a_crash_on_the_way_leaves_nothing(tmp_path, ept, monkeypatch):
    monkeypatch.setattr("properties.importing.service.BATCH", 2)

    def crash(line):
        if line > 3:
            raise MemoryError

    with pytest.raises(MemoryError):
        import_file(path=many(tmp_path / "a.csv", 5), source="a", partner=ept, progress=crash)
    assert not Property.objects.exists()


def test_the_command_makes_a_source_of_the_only_partner_that_is_named(tmp_path):
    path = write_csv(tmp_path / "a.csv", {})
    call_command("import_properties", str(path), "--source", "a", "--dry-run", stdout=StringIO())
    assert not ImportSource.objects.exists()
    call_command("import_properties", str(path), "--source", "a", stdout=StringIO())
    assert ImportSource.objects.get().partner.slug == "ept"


def test_the_command_asks_whose_a_source_is_when_rows_disagree(tmp_path):
    path = write_csv(tmp_path / "a.csv", {}, {"reference": "A-2", "partner": "cci-94"})
    with pytest.raises(CommandError, match="--partner"):
        call_command("import_properties", str(path), "--source", "a")
    assert not Property.objects.exists()
    with pytest.raises(SystemExit):
        call_command(
            "import_properties", str(path), "--source", "a", "--partner", "ept", stdout=StringIO(), stderr=StringIO()
        )
    assert list(Property.objects.values_list("reference", flat=True)) == ["A-1"]


def test_the_command_stops_before_it_withdraws_a_fifth(tmp_path):
    call_command("import_properties", str(many(tmp_path / "a.csv", 4)), "--source", "a", stdout=StringIO())
    few = str(write_csv(tmp_path / "b.csv", ROW | {"reference": "A-0"}))
    with pytest.raises(CommandError, match="--allow-withdrawals"):
        call_command("import_properties", few, "--source", "a", "--complete", stderr=StringIO())
    assert not Property.objects.filter(state="withdrawn").exists()
    call_command("import_properties", few, "--source", "a", "--complete", "--allow-withdrawals", stdout=StringIO())
    assert Property.objects.filter(state="withdrawn").count() == 3
