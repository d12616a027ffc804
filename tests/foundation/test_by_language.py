"""A text by language: its value, its column, its form field and its queries, on the database in use."""

import copy
import json
import pickle

import pytest
from django import forms
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import isolate_apps, override_settings
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation.by_language import (
    LanguageError,
    TextByLanguage,
    TextByLanguageField,
    TextByLanguageFormField,
    gathered,
    in_language,
    named,
    refusal,
    required_text,
    split_name,
)

THREE = [("fr", "French"), ("en", "English"), ("de", "German")]
# No NUL: PostgreSQL stores none, and the form refuses it.
texts = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=12)
values = st.dictionaries(st.sampled_from(["fr", "en", "de"]), texts)

with isolate_apps("foundation"):

    class Shelf(models.Model):
        label = TextByLanguageField("label", max_length=20)
        story = TextByLanguageField("story", blank=True, multiline=True)

        class Meta:
            app_label = "foundation"
            constraints = [required_text("label", "shelf_has_a_label")]

        def __str__(self):
            return f"{self.label}"

    class ShelfForm(forms.ModelForm):
        class Meta:
            model = Shelf
            fields = ["label", "story"]


@pytest.fixture
def shelves(transactional_db):
    with connection.schema_editor() as editor:
        editor.create_model(Shelf)
    yield Shelf.objects
    with connection.schema_editor() as editor:
        editor.delete_model(Shelf)


# --- the value ---


@given(values, values)
def test_a_change_makes_a_copy_and_empty_texts_are_none(first, second):
    value = TextByLanguage(first)
    changed = value | second
    assert value == TextByLanguage(first)
    assert changed.stored() == {code: text for code, text in sorted((first | second).items()) if text}
    assert all(changed[code] == (first | second).get(code, "") for code in ("fr", "en", "de", "it"))


@given(values)
def test_equal_values_have_one_hash_and_survive_copies(texts):
    value = TextByLanguage(texts)
    assert value == texts
    assert len({value, copy.deepcopy(value), pickle.loads(pickle.dumps(value)), TextByLanguage(value)}) == 1


@given(values, st.sampled_from(["fr", "en", "de", "fr-ca", "it"]))
def test_the_active_language_is_shown_or_else_the_first_that_has_a_text(texts, language):
    value = TextByLanguage(texts)
    with override(language):
        shown = str(value)
        base = language[:2]
        order = [base, "fr", "en"] if base in ("fr", "en") else ["fr", "en"]
        assert shown == next((texts[code] for code in order if texts.get(code)), "")
        assert bool(value) is bool(shown)
        assert value[value.shown_language()] == shown


def test_a_language_that_was_switched_off_is_kept_and_not_shown():
    value = TextByLanguage({"de": "Werkstatt"})
    assert (str(value), bool(value), value.shown(), value.stored()) == ("", False, {}, {"de": "Werkstatt"})
    with override_settings(LANGUAGES=THREE), override("de"):
        assert (str(value), value.shown()) == ("Werkstatt", {"de": "Werkstatt"})


@pytest.mark.parametrize("wrong", [{"fr": 1}, {"fr": None}, {1: "Atelier"}])
def test_only_texts_by_code_are_taken(wrong):
    with pytest.raises(TypeError):
        TextByLanguage(wrong)


# --- the column ---


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts.filter(bool), values)
def test_what_is_stored_is_read_whole_however_it_is_written(shelves, label, story):
    label = {"fr": label}
    Shelf.objects.create(label=label, story=story)
    Shelf.objects.bulk_create([Shelf(label=label, story=story)])
    other = Shelf.objects.create(label={"fr": "x"})
    Shelf.objects.filter(pk=other.pk).update(label=label, story=TextByLanguage(story))
    last = Shelf.objects.create(label={"fr": "x"})
    last.label, last.story = label, story
    Shelf.objects.bulk_update([last], ["label", "story"])
    assert list(Shelf.objects.values_list("label", "story")) == [(TextByLanguage(label), TextByLanguage(story))] * 4
    assert {one["story"] for one in Shelf.objects.values("story")} == {TextByLanguage(story)}
    assert Shelf.objects.filter(label=TextByLanguage(label)).count() == 4
    Shelf.objects.all().delete()


def test_instances_share_nothing_that_changes(shelves):
    first, second = Shelf(), Shelf()
    first.label |= {"fr": "Atelier"}
    assert (str(first.label), str(second.label)) == ("Atelier", "")
    with pytest.raises(TypeError):
        first.label["fr"] = "Halle"


def test_a_plain_text_is_refused_before_it_is_written(shelves):
    with pytest.raises(TypeError):
        Shelf(label="Atelier")
    with pytest.raises(TypeError):
        Shelf.objects.update(label="Atelier")


def test_the_default_language_is_required_by_the_database(shelves):
    for wrong in ({}, {"en": "Workshop"}, {"fr": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Shelf.objects.create(label=wrong)
        with pytest.raises(ValidationError) as refused:
            Shelf(label=wrong).full_clean()
        assert list(named(refused.value)) == ["label_fr"]
        with pytest.raises(ValidationError):
            Shelf(label=wrong).validate_constraints()
    Shelf(label={"fr": "Atelier"}).validate_constraints()


def test_validation_names_the_language(shelves):
    with pytest.raises(ValidationError) as refused:
        Shelf(label={"fr": "Atelier", "en": "x" * 21, "it": "Officina"}).full_clean()
    assert list(named(refused.value)) == ["label_en", "label_it"]
    kept = Shelf.objects.create(label={"fr": "Atelier", "it": "Officina"})
    kept.full_clean()


def test_rows_go_through_a_fixture(shelves):
    Shelf.objects.create(label={"fr": "Étagère", "de": "Regal"})
    written = json.loads(serializers.serialize("json", Shelf.objects.all()))[0]["fields"]["label"]
    assert Shelf._meta.get_field("label").to_python(written) == {"fr": "Étagère", "de": "Regal"}
    with pytest.raises(ValidationError):
        Shelf._meta.get_field("label").to_python("Étagère")


def test_a_field_is_made_again_from_what_a_migration_keeps():
    field = Shelf._meta.get_field("story")
    _name, path, args, options = field.deconstruct()
    assert (path, args) == ("foundation.by_language.TextByLanguageField", [])
    assert options == {"verbose_name": "story", "blank": True, "multiline": True}
    assert field.clone().deconstruct()[1:] == field.deconstruct()[1:]


def test_checks_refuse_null_and_a_name_that_is_taken():
    with isolate_apps("foundation"):

        class Clash(models.Model):
            title = TextByLanguageField(null=True)
            title_en = models.CharField(max_length=1)

            class Meta:
                app_label = "foundation"

            def __str__(self):
                return self.title_en

    assert [error.id for error in Clash._meta.get_field("title").check()] == ["by_language.E001", "by_language.E002"]


# --- queries ---


def test_rows_are_sorted_as_they_are_shown(shelves):
    for label in ({"fr": "b", "en": "z"}, {"fr": "c"}, {"fr": "d", "en": "a"}):
        Shelf.objects.create(label=label)
    for language, order in (("fr", ["b", "c", "d"]), ("en", ["a", "c", "z"])):
        with override(language):
            found = Shelf.objects.annotate(shown=in_language("label")).order_by("shown")
            assert [str(one.label) for one in found] == [one.shown for one in found] == order
    assert Shelf.objects.filter(label__fr="c").count() == 1
    assert Shelf.objects.order_by(in_language("label", "en")).values_list("label__fr", flat=True)[0] == "d"


def test_a_text_is_searched_in_every_language_of_the_site(shelves):
    Shelf.objects.create(label={"fr": "Étagère", "en": "Shelf", "de": "Regal"})
    for word, number in (("tag", 1), ("SHELF", 1), ("regal", 0), ("fr", 0), ('"', 0), ("%", 0)):
        assert Shelf.objects.filter(label__icontains=word).count() == number, word
    with override_settings(LANGUAGES=THREE):
        assert Shelf.objects.filter(label__icontains="regal").count() == 1
    assert Shelf.objects.filter(label__written_in="de").count() == 1
    assert Shelf.objects.exclude(story__written_in="fr").count() == 1


# --- the form ---


@pytest.mark.django_db
def test_each_language_has_its_input_and_its_name():
    html = ShelfForm().as_p()
    for code, language in (("fr", "French"), ("en", "English")):
        assert f'name="label_{code}"' in html
        with override("en"):
            inside = str(ShelfForm()["label"])
        assert f'<label for="id_label_{code}"><span class="w-sr-only">Label, </span>{language}</label>' in inside
    assert html.count("<textarea") == 2
    assert html.count(" required") == 1
    assert html.count('maxlength="20"') == 2


@pytest.mark.django_db
def test_an_error_stands_at_the_input_of_its_language():
    form = ShelfForm({"label_fr": " ", "label_en": "x" * 21})
    assert {error.language for error in form.errors.as_data()["label"]} == {"fr", "en"}
    field = form["label"]
    html = field.field.widget.render_with_errors("label", field.value(), {"id": "id_label"}, field.errors)
    assert html.count('aria-invalid="true"') == 2
    for code in ("fr", "en"):
        assert f'aria-describedby="id_label_{code}_error"' in html
        assert f'id="id_label_{code}_error"' in html
    assert f'value="{"x" * 21}"' in html


def test_a_form_keeps_the_text_of_a_language_that_it_does_not_show(shelves):
    kept = Shelf.objects.create(label={"fr": "Étagère", "en": "Shelf", "de": "Regal"})
    form = ShelfForm({"label_fr": "Rayon", "label_en": ""}, instance=kept)
    assert form.changed_data == ["label"]
    form.save()
    assert Shelf.objects.get().label == {"fr": "Rayon", "de": "Regal"}
    assert not ShelfForm({"label_fr": "Rayon", "label_en": ""}, instance=Shelf.objects.get()).has_changed()


def test_a_third_language_has_its_input_by_the_setting():
    class Plain(forms.Form):
        words = TextByLanguageFormField()

    with override_settings(LANGUAGES=THREE):
        form = Plain({"words_fr": "Un", "words_de": "Eins"})
        assert form.is_valid()
        assert form.cleaned_data["words"] == {"fr": "Un", "en": "", "de": "Eins"}
        assert 'name="words_de"' in form.as_p()
    assert 'name="words_de"' not in Plain().as_p()


# --- names ---


def test_names_of_one_language_are_told_apart_and_put_together():
    assert split_name(Shelf, "label_fr") == ("label", "fr")
    assert split_name(Shelf, "label") == ("label", "")
    assert split_name(Shelf, "other_fr") == ("other_fr", "")
    assert gathered(Shelf, {"label_fr": "A", "id": 1, "label_en": "B"}) == {"label": {"fr": "A", "en": "B"}, "id": 1}
    error = refusal(Shelf, {"label_en": "50 % of it", "id": "no"})
    assert named(error) == {"label_en": ["50 % of it"], "id": ["no"]}
    assert isinstance(error.error_dict["label"][0], LanguageError)
