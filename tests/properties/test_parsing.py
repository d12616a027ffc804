"""What a cell means: whatever a person may write comes back as the same value, and the rest is refused in words."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint
from hypothesis import given
from hypothesis import strategies as st

from properties.choices import Deal, Kind
from properties.importing.columns import COLUMNS, KINDS, recognise
from properties.importing.constraints import broken
from properties.importing.parsing import (
    parse_choice,
    parse_date,
    parse_degrees,
    parse_number,
    parse_stated,
    parse_text,
    parse_whole,
)
from properties.models import Property

MONEY = st.decimals(min_value=0, max_value=99_999_999, places=2)
THOUSANDS = st.sampled_from(["", " ", "\u00a0", "\u202f"])


@given(MONEY, THOUSANDS, st.sampled_from([",", "."]), st.sampled_from(["", " €", "€", " m²", " m2", " kVA"]))
def test_a_number_survives_the_ways_it_is_written(number, thousands, decimal, unit):
    written = f"{number:,.2f}".replace(",", "_").replace(".", decimal).replace("_", thousands)
    assert parse_number(written + unit) == number


@given(MONEY)
def test_of_a_comma_and_a_point_the_last_one_marks_the_decimals(number):
    english = f"{number:,.2f}"
    french = english.replace(",", "_").replace(".", ",").replace("_", ".")
    assert parse_number(english) == parse_number(french) == number


@given(st.one_of(st.integers(0, 10**9), st.floats(0, 10**9, allow_nan=False)))
def test_a_number_of_a_workbook_is_itself(number):
    assert abs(parse_number(number) - Decimal(number)) <= Decimal("0.0051")


@pytest.mark.parametrize("empty", ["", "  ", None, "NC", "n.c.", "non précisé", "?"])
def test_what_is_not_stated_is_no_number(empty):
    assert parse_number(empty) is None


@pytest.mark.parametrize(
    "wrong",
    [
        *("environ 300", "12 à 14", "€", "m²", "1e9", "Infinity", "NaN", "1_000", "1,2,3", "1.2,3.4", "--1", "٣"),
        *("9" * 20, float("inf"), float("nan"), 1e300, True, "1e999999999"),
    ],
)
def test_what_is_not_a_number_is_refused_in_words(wrong):
    with pytest.raises(ValueError, match=r"nombre|number"):
        parse_number(wrong)


@given(st.text())
def test_any_text_is_a_number_or_is_refused(text):
    try:
        number = parse_number(text)
    except ValueError:
        return
    assert number is None or number.is_finite()


def test_a_whole_number_has_no_decimals():
    assert parse_whole("1 000") == 1000
    with pytest.raises(ValueError, match=r"entier|whole"):
        parse_whole("10,5")


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_a_date_survives_the_ways_it_is_written(day):
    for pattern in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"):
        assert parse_date(day.strftime(pattern)) == day
    assert parse_date(datetime(day.year, day.month, day.day, 12)) == day
    assert parse_date(day) == day


@pytest.mark.parametrize("wrong", ["mars 2027", "2027-13-01", "31/02/2027", "hier", "2027", 45000])
def test_what_is_not_a_date_is_refused(wrong):
    with pytest.raises(ValueError, match="date"):
        parse_date(wrong)


@pytest.mark.parametrize(
    ("written", "means"),
    [
        *((word, "yes") for word in ("oui", "Yes", "X", True, 1, 1.0)),
        *((word, "no") for word in ("non", "0", False, 0.0)),
        *((word, "unknown") for word in ("", None, "NC", "Non précisé")),
    ],
)
def test_yes_no_and_not_stated_are_three(written, means):
    assert parse_stated(written) == means


@pytest.mark.parametrize("wrong", ["peut-être", "2", 3, "à voir"])
def test_perhaps_is_refused(wrong):
    with pytest.raises(ValueError, match=r".+"):
        parse_stated(wrong)


def test_a_type_is_known_by_its_code_and_its_usual_names():
    assert [parse_choice(word, Kind, KINDS) for word in ("office", "BUREAUX", "Entrepôt", "Local d’activité")] == [
        "office",
        "office",
        "warehouse",
        "activity",
    ]
    with pytest.raises(ValueError, match="office"):
        parse_choice("château", Kind, KINDS)


@given(st.text())
def test_text_keeps_no_control_character(text):
    assert not {character for character in parse_text(text) if character < " "} - {"\n", "\t"}


@pytest.mark.parametrize("wrong", ["nord", "181", "nan", "1e9"])
def test_degrees_are_on_the_globe(wrong):
    with pytest.raises(ValueError, match=r".+"):
        parse_degrees(wrong)


def test_headers_are_recognised_in_both_languages_whatever_their_case():
    french = ["Référence", "Type de bien", "TRANSACTION", "Surface totale", "Loyer HT HC", "Code INSEE", "Inconnue"]
    found = {position: column.field for position, column in recognise(french).items()}
    assert found == {0: "source_reference", 1: "kind", 2: "deal", 3: "surface", 4: "rent", 5: "commune"}
    headers = [(header, column) for column in COLUMNS for header in column.headers]
    assert [recognise([header]) for header, _column in headers] == [{0: column} for _header, column in headers]
    fields = {column.field for column in COLUMNS}
    assert {column.field for column in recognise(sorted(fields)).values()} == fields


def test_of_two_columns_for_one_field_the_first_counts():
    assert list(recognise(["surface", "Surface totale"])) == [0]


AMOUNT = st.one_of(st.none(), st.decimals(-10, 10, places=2))


@pytest.mark.django_db
@given(
    surface=st.decimals(-10, 10, places=2),
    divisible_from=AMOUNT,
    rent=AMOUNT,
    price=AMOUNT,
    desk_price=AMOUNT,
    deal=st.sampled_from(Deal.values),
    latitude=st.sampled_from([None, 48.7]),
    longitude=st.sampled_from([None, 2.4]),
)
def test_the_import_refuses_exactly_what_the_database_refuses(**values):
    instance = Property(**values)
    assert list(broken(instance)) == [constraint for constraint in CHECKS if _refused_by_sql(constraint, instance)]


CHECKS = [constraint for constraint in Property._meta.constraints if isinstance(constraint, CheckConstraint)]


def _refused_by_sql(constraint, instance):
    try:
        constraint.validate(Property, instance)
    except ValidationError:
        return True
    return False
