"""The scenes: committed as the generator writes them, light, readable in dark, and safe under the site's policy."""

import re
from xml.etree import ElementTree

import pytest

from demo.illustrations.__main__ import FOLDER, VARIATIONS, VARIED, files
from demo.illustrations.ink import GROUND
from demo.illustrations.scenes import SCENES, draw
from pages.choices import Scene
from properties.choices import Kind
from properties.listing.scenes import scene_of
from properties.models import Property

FILES = dict(files())


def test_the_committed_files_are_what_the_generator_writes():
    assert {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.svg")} == FILES


def test_every_scene_that_a_page_may_choose_exists():
    assert set(Scene.values) == set(SCENES)


@pytest.mark.parametrize("name", FILES)
def test_a_scene_is_light_and_carries_its_dark_colours(name):
    text = FILES[name]
    assert len(text.encode()) < 14_000
    picture = ElementTree.fromstring(text)
    assert picture.get("viewBox") == "0 0 480 360"
    used = set(re.findall(r'class="([\w-]+)"', text))
    light, dark = text.split("@media(prefers-color-scheme:dark)")
    for colour in used:
        assert f".{colour}{{" in light
        assert colour == "shade" or f".{colour}{{" in dark.split("</style>")[0]
    assert not re.search(r"<script|style=|gradient|href", text)


@pytest.mark.parametrize("name", SCENES)
def test_a_cut_scene_is_the_scene_without_its_sky(name):
    assert 'class="sky-' in FILES[f"{name}.svg"]
    assert 'class="sky-' not in FILES[f"{name}-cut.svg"]


@pytest.mark.parametrize("name", SCENES)
def test_every_scene_stands_on_the_same_ground_from_edge_to_edge(name):
    edges = re.findall(rf'<rect class="ink" x="([\d.]+)" y="{GROUND - 1.5}" width="([\d.]+)"', FILES[f"{name}.svg"])
    assert edges[0][0] == "0"
    assert float(edges[-1][0]) + float(edges[-1][1]) == 480


@pytest.mark.parametrize("name", VARIED)
def test_variations_differ_and_each_is_always_the_same(name):
    drawn = {tuple(draw(name, variation).shapes) for variation in range(1, VARIATIONS + 1)}
    assert len(drawn) == VARIATIONS
    assert draw(name, 2) == draw(name, 2)


@pytest.mark.parametrize("kind", Kind.values)
def test_premises_of_a_type_have_the_three_pictures_and_each_keeps_its_own(kind):
    listings = [Property(kind=kind, reference=f"GOSB-{number}") for number in range(60)]
    scenes = {scene_of(listing) for listing in listings}
    assert len(scenes) == VARIATIONS
    assert {f"{scene}.svg" for scene in scenes} <= set(FILES)
    assert scene_of(listings[0]) == scene_of(Property(kind=kind, reference="GOSB-0"))
