"""Notify does not start with half a mail server."""

import pytest

from services.notify.settings import NotifySettings
from shared.kernel.settings import SettingsInvalid, load
from tests.parts.city import SCHIEWIJK
from tests.parts.keys import ring_file

GOOD = {
    "SCHAKEL_DATABASE_URL": "postgresql+asyncpg://notify@postgres/notify",
    "SCHAKEL_PUBLIC_URL": "https://schakel.example",
    "SCHAKEL_CITY": str(SCHIEWIJK),
    "SCHAKEL_KEY_RING": ring_file("notify"),
    "SCHAKEL_AUDIT_KEY": "a" * 32,
    "SCHAKEL_SMTP_HOST": "mail.example",
    "SCHAKEL_MAIL_FROM": "schakel@gemeente.example",
}


def test_mail_server_is_encrypted_unless_said_otherwise() -> None:
    assert load(NotifySettings, GOOD).smtp_starttls


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"SCHAKEL_SMTP_HOST": ""}, "SCHAKEL_SMTP_HOST is missing"),
        ({"SCHAKEL_MAIL_FROM": "geen adres"}, "SCHAKEL_MAIL_FROM is wrong"),
        ({"SCHAKEL_SMTP_PORT": "veel"}, "SCHAKEL_SMTP_PORT is wrong"),
        ({"SCHAKEL_REPLY_ADDRESS": "antwoorden-op-vragen@gemeente.example"}, "SCHAKEL_REPLY_ADDRESS is wrong"),
        ({"SCHAKEL_REPLY_ADDRESS": "antwoord+x@gemeente.example"}, "SCHAKEL_REPLY_ADDRESS is wrong"),
        ({"SCHAKEL_SMTP_USERNAME": "schakel"}, "SCHAKEL_SMTP_PASSWORD is missing"),
        (
            {"SCHAKEL_SMTP_USERNAME": "a", "SCHAKEL_SMTP_PASSWORD": "b", "SCHAKEL_SMTP_STARTTLS": "false"},
            "SCHAKEL_SMTP_STARTTLS must be true",
        ),
    ],
)
def test_setting_that_is_wrong_is_named_with_its_mend(wrong: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsInvalid) as refusal:
        load(NotifySettings, GOOD | wrong)

    assert named in str(refusal.value)


def test_no_mail_is_answered_by_mail_unless_said_where() -> None:
    assert load(NotifySettings, GOOD).reply_address is None
    assert load(NotifySettings, GOOD | {"SCHAKEL_REPLY_ADDRESS": ""}).reply_address is None
    there = {"SCHAKEL_REPLY_ADDRESS": "antwoord@antwoord.gemeente.example"}
    assert load(NotifySettings, GOOD | there).reply_address == "antwoord@antwoord.gemeente.example"


def test_password_is_never_shown_in_a_problem() -> None:
    with pytest.raises(SettingsInvalid) as refusal:
        load(NotifySettings, GOOD | {"SCHAKEL_SMTP_PASSWORD": "geheim-woord", "SCHAKEL_SMTP_PORT": "geheim-woord"})

    assert "geheim-woord" not in str(refusal.value)


def test_everything_that_is_wrong_is_named_at_once() -> None:
    wrong = {
        "SCHAKEL_PUBLIC_URL": "http://schakel.example",
        "SCHAKEL_KEY_RING": "nowhere",
        "SCHAKEL_SMTP_USERNAME": "schakel",
        "SCHAKEL_SMTP_STARTTLS": "false",
        "SCHAKEL_MAIL_FROM": "geen adres",
    }
    with pytest.raises(SettingsInvalid) as refusal:
        load(NotifySettings, GOOD | wrong)

    named = {problem.split()[0].removeprefix("SCHAKEL_") for problem in refusal.value.problems}
    assert named == {"PUBLIC_URL", "KEY_RING", "SMTP_PASSWORD", "SMTP_STARTTLS", "MAIL_FROM"}


def test_setting_that_is_left_empty_counts_as_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """As Compose hands on what nobody filled in."""
    for name, value in (GOOD | {"SCHAKEL_SMTP_USERNAME": "", "SCHAKEL_SMTP_PORT": ""}).items():
        monkeypatch.setenv(name, value)
    settings = load(NotifySettings)
    assert (settings.smtp_username, settings.smtp_port) == ("", 587)
