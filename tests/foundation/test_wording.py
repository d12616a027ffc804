"""Numbers, surfaces, amounts and days in the two languages of the site."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from foundation import wording


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (1240, "1\u00a0240\u00a0m²", "1,240\u00a0m²"),
        (Decimal("1240.4"), "1\u00a0240\u00a0m²", "1,240\u00a0m²"),
        (Decimal("9.50"), "9,5\u00a0m²", "9.5\u00a0m²"),
        (None, "", ""),
    ],
)
def test_a_surface_is_whole_above_ten_square_metres(value, french, english):
    with override("fr"):
        assert wording.surface(value) == french
    with override("en"):
        assert wording.surface(value) == english


def test_an_amount_has_its_currency_where_the_language_has_it():
    with override("fr"):
        assert wording.euros(1118) == "1\u00a0118\u00a0€"
    with override("en"):
        assert wording.euros(1118) == "€1,118"


def test_the_first_of_a_french_month_is_an_ordinal():
    with override("fr"):
        assert wording.day(date(2026, 12, 1)) == "1er\u00a0décembre 2026"
        assert wording.day(date(2026, 12, 2)) == "2\u00a0décembre 2026"
    with override("en"):
        assert wording.day(date(2026, 12, 1)) == "1\u00a0December 2026"


def test_a_promised_delay_counts_working_days():
    with override("en"):
        assert wording.within(1) == "within 1 working day"
        assert wording.within(5) == "within 5 working days"
