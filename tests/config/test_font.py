"""The web font holds what two languages write, and is made once."""

from pathlib import Path

from fontTools.ttLib import TTFont

from config import font


def test_the_font_writes_french_and_english_and_stays_light(tmp_path: Path) -> None:
    made = font.build(tmp_path / "fonts" / "manrope.woff2")
    letters = TTFont(made).getBestCmap()
    assert made.stat().st_size < 60_000
    assert all(ord(letter) in letters for letter in "AZazéèêëàâçôûùïœŒÉ’«»…–—€²³°·0123456789\u00a0→−")


def test_a_font_already_made_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "manrope.woff2"
    target.write_bytes(b"made before")
    assert font.build(target).read_bytes() == b"made before"
