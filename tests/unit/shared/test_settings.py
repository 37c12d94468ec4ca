"""Settings are checked whole, and every problem names its mend without giving a secret away."""

import pytest

from shared.settings import CommonSettings, SettingsInvalid, load

GOOD = {
    "SCHAKEL_DATABASE_URL": "postgresql+asyncpg://u:p@127.0.0.1/x",
    "SCHAKEL_PUBLIC_URL": "https://schakel.example",
    "SCHAKEL_SESSION_KEY": "s" * 32,
    "SCHAKEL_SERVICE_KEY": "k" * 32,
}


def test_settings_load_when_all_is_there() -> None:
    assert load(CommonSettings, GOOD).environment == "production"


def test_settings_name_every_problem_and_its_mend_at_once() -> None:
    with pytest.raises(SettingsInvalid) as refused:
        load(CommonSettings, {"SCHAKEL_PUBLIC_URL": "schakel", "SCHAKEL_SESSION_KEY": "geheim", "SCHAKEL_PORT": "x"})

    text = str(refused.value)
    for name in ("DATABASE_URL is missing", "PUBLIC_URL is wrong", "SESSION_KEY is wrong", "PORT is wrong"):
        assert f"SCHAKEL_{name}" in text
    assert "at least 32 characters" in text
    assert "geheim" not in text


def test_settings_refuse_plain_http_in_production_only() -> None:
    plain = {**GOOD, "SCHAKEL_PUBLIC_URL": "http://localhost:8080"}
    with pytest.raises(SettingsInvalid, match="https"):
        load(CommonSettings, plain)
    assert load(CommonSettings, {**plain, "SCHAKEL_ENVIRONMENT": "demo"}).public_url == "http://localhost:8080"


def test_settings_take_an_empty_variable_as_not_given() -> None:
    with pytest.raises(SettingsInvalid, match="SCHAKEL_SERVICE_KEY is missing"):
        load(CommonSettings, {**GOOD, "SCHAKEL_SERVICE_KEY": ""})


def test_settings_show_no_secret_when_they_are_printed() -> None:
    shown = repr(load(CommonSettings, GOOD))
    for name in ("DATABASE_URL", "SESSION_KEY", "SERVICE_KEY"):
        assert GOOD[f"SCHAKEL_{name}"] not in shown
