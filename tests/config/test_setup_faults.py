"""A file that cannot be taken: every fault with its key, at once, and nothing written."""

from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from territory.models import Commune
from territory.services import load
from tests.config.conftest import Run
from tests.config.partners_file import ONE, OTHER, state

pytestmark = pytest.mark.django_db


def refused(run: Run, text: str | bytes) -> list[str]:
    """The faults of a file, of which nothing was written."""
    before = state()
    with pytest.raises(CommandError) as error:
        run(text)
    assert state() == before
    said = str(error.value)
    assert said.startswith("Nothing was written:")
    return said.removeprefix("Nothing was written:").strip().splitlines()


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("acronym", "acronyme", "partners[1].acronyme: there is no such key here"),
        ('acronym = "EPT"\n', "", "partners[1].acronym: it is missing."),
        ('short_name = "EPT"', 'short_name = ""', "partners[1].short_name: it is empty."),
        (
            'short_name = "EPT"',
            f'short_name = "{"x" * 41}"',
            "partners[1].short_name: Ensure this value has at most 40",
        ),
        ('short_name = "EPT"', 'short_name = "E\\u0000T"', "partners[1].short_name: it must be one line"),
        ('short_name = "EPT"', "short_name = 5", "partners[1].short_name: it must be a text."),
        ("coordinator = true", 'coordinator = "yes"', "partners[1].coordinator: it must be true or false."),
        ("coordinator = true", "", "partners: one new partner, and one only, must have “coordinator = true”."),
        ("territorial_authority", "town", "partners[1].kind: “town” is none of: territorial_authority,"),
        ('"all"', '["75"]', "partners[1].communes: “75” is neither"),
        ('"all"', "[94081]", "partners[1].communes: “94081” is neither"),
        ('"all"', "[]", "partners[1].communes: it is empty."),
        ('"all"', "true", "partners[1].communes: it must be a list."),
        ("desk@partners.test", "desk", "partners[1].email: Enter a valid email address."),
        ("desk@partners.test", "desk@a.example.org", "partners[1].email: “desk@a.example.org” is an example"),
        ("officer@partners.test", "officer@", "partners[1].officer.email: Enter a valid email address."),
        ("{ email", "{ mail", "partners[1].officer.mail: there is no such key here"),
        (
            'deputy = { email = "deputy@partners.test" }',
            'deputy = "deputy@partners.test"',
            "partners[1].deputy: it must",
        ),
        (
            "deputy@partners",
            "OFFICER@partners",
            "partners[1].deputy.email: “OFFICER@partners.test” is that of partners[1]",
        ),
        ("[administrator]", "[boss]", "boss: there is no such key here; they are: administrator, partners."),
        ("[[partners]]", "[partners]", "partners: it must be a list of tables"),
        ("acronym", 'member_since = "2018"\nacronym', "partners[1].member_since: it must be a date"),
        ("acronym", "member_since = 2999-01-01\nacronym", "partners[1]: the partner that coordinates must be a member"),
        ("acronym", "member_until = 2999-01-01\nacronym", "partners[1]: the partner that coordinates must be a member"),
        ("acronym", "first_answer_days = 0\nacronym", "partners[1].first_answer_days: Ensure this value is greater"),
        ("acronym", "first_answer_days = true\nacronym", "partners[1].first_answer_days: it must be a whole number."),
        ("acronym", "first_answer_days = 6\nacronym", "partners[1]: The tailored answer cannot be due before"),
        ("acronym", 'phone = "12"\nacronym', "partners[1].phone: "),
        ("acronym", 'website = "nowhere"\nacronym', "partners[1].website: Enter a valid URL."),
        ("acronym", 'languages = ["fr", "xx"]\nacronym', "partners[1].languages: “xx” is none of"),
        ("acronym", 'languages = [["fr"]]\nacronym', "partners[1].languages: "),
        ("acronym", 'article = "le"\nacronym', "partners[1].article: “le” is none of"),
        ("acronym", 'slug = "a b"\nacronym', "partners[1].slug: "),
        ('acronym = "EPT"', 'acronym = "§"', "partners[1].slug: "),
    ],
)
def test_a_fault_is_named_with_its_key_and_nothing_is_written(run: Run, before: str, after: str, said: str) -> None:
    assert any(fault.startswith(said) for fault in refused(run, ONE.replace(before, after, 1)))


def test_all_faults_are_said_at_once(run: Run) -> None:
    text = ONE.replace("[administrator]", "[boss]").replace("desk@", "desk@@") + OTHER.replace('"91"', '"92"')
    assert [fault.partition(": ")[0] for fault in refused(run, text)] == [
        "boss", "partners[1].email", "partners[2].communes", "administrator",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"partners = [", "The file is not TOML: "),
        (b"a = " + b"[" * 5000, "The file is not TOML: "),
        ("[administrator]\nfirst_name = 'Zoé'".encode("latin-1"), "The file is not UTF-8 text."),
        (b"", "partners: one new partner, and one only"),
    ],
)
def test_what_is_no_file_of_partners_is_refused(run: Run, content: bytes, said: str) -> None:
    assert refused(run, content)[0].startswith(said)


def test_a_file_that_is_not_there_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB")
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("setup", path=str(tmp_path / "nowhere.toml"))
    with pytest.raises(CommandError, match="cannot be read: Is a directory"):
        call_command("setup", path=str(tmp_path))
    assert not Commune.objects.exists()


def test_one_partner_coordinates(run: Run) -> None:
    other = OTHER.replace("[[partners]]", "[[partners]]\ncoordinator = true")
    assert refused(run, ONE + other)[0].startswith("partners: one new partner, and one only")
    run(ONE)
    assert refused(run, other) == ["partners[1].coordinator: EPT coordinates already: change that in the admin."]


def test_no_identifier_is_used_twice(run: Run) -> None:
    twin = OTHER.replace("cci.", "other.")
    assert refused(run, ONE + OTHER + twin) == ["partners[3].slug: “cci-91” is that of partners[2] too."]


def test_an_account_that_cannot_act_is_named(run: Run) -> None:
    run(ONE)
    users = get_user_model().objects
    users.create_user("closed", "cci.officer@partners.test", is_active=False)
    for name in ("one", "two"):
        users.create_user(name, "cci.deputy@partners.test")
    assert refused(run, OTHER) == [
        "partners[1].officer.email: this account is closed: name another person, or open it again in the admin.",
        "partners[1].deputy.email: several accounts have this e-mail: mend that in the admin.",
    ]
    assert refused(run, OTHER.replace("cci.officer@", "deputy@").replace("cci.deputy@", "new@")) == [
        "partners[1].officer.email: this account acts for EPT already: name another person.",
    ]


def test_rules_that_are_not_proved_are_not_put_in_force(run: Run) -> None:
    load()
    [fault] = refused(run, ONE.split("[[partners]]")[0])
    assert fault.startswith("EPT Grand-Orly Seine Bièvre has no active officer")


def test_a_database_that_is_not_migrated_is_said() -> None:
    recorder = MigrationRecorder(connection)
    _app, last = max(applied for applied in recorder.applied_migrations() if applied[0] == "territory")
    recorder.record_unapplied("territory", last)
    with pytest.raises(CommandError, match=r"manage\.py migrate"):
        call_command("setup")
