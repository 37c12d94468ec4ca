"""Secrets are made once, differ from each other, and only their owner can read them."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from deploy.install import secret_store
from deploy.install.compose_secrets import make_what_is_missing
from deploy.install.secret_store import FILE, OF_EACH_SERVICE, Secrets, SecretsTooFew, SecretsUnreadable
from shared.events.catalogue import SERVICES


def kept_in(folder: Path) -> dict[str, Any]:
    """What the file of a fresh installation holds."""
    Secrets.load_or_make(folder)
    kept: dict[str, Any] = json.loads((folder / FILE).read_text())
    return kept


def test_secrets_stay_the_same_at_the_second_start(tmp_path: Path) -> None:
    first = Secrets.load_or_make(tmp_path / "new")

    assert Secrets.load_or_make(tmp_path / "new") == first
    assert Secrets.load(tmp_path / "new") == first


def test_secrets_are_for_their_owner_only(tmp_path: Path) -> None:
    Secrets.load_or_make(tmp_path)

    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == [FILE]


def test_no_secret_is_used_twice(tmp_path: Path) -> None:
    secrets = Secrets.load_or_make(tmp_path)
    single = [secrets.superuser_password, secrets.vault_key, secrets.code_key,
              secrets.school_api_key, secrets.kafka_admin_password]  # fmt: skip
    every = [*single, *(password for name in OF_EACH_SERVICE for password in getattr(secrets, name).values())]

    assert len(set(every)) == len(every) == 5 + 5 * len(SERVICES)
    assert min(map(len, every)) >= 32


@pytest.mark.parametrize("damage", ["", "{", "{}", "[]", '{"vault_key": 3}'])
def test_damaged_secrets_are_refused_and_kept(tmp_path: Path, damage: str) -> None:
    (tmp_path / FILE).write_text(damage)

    with pytest.raises(SecretsUnreadable, match="damaged"):
        Secrets.load_or_make(tmp_path)
    assert (tmp_path / FILE).read_text() == damage


@pytest.mark.parametrize("lost", ["vault_key", "superuser_password", "app_passwords"])
def test_secrets_with_one_missing_are_refused_and_it_is_named(tmp_path: Path, lost: str) -> None:
    kept = kept_in(tmp_path)
    del kept[lost]
    (tmp_path / FILE).write_text(json.dumps(kept))

    with pytest.raises(SecretsUnreadable, match=f"incomplete .{lost}.: put back a copy"):
        Secrets.load_or_make(tmp_path)


def test_secrets_without_the_password_of_one_service_are_refused(tmp_path: Path) -> None:
    kept = kept_in(tmp_path)
    del kept["owner_passwords"]["notify"]
    (tmp_path / FILE).write_text(json.dumps(kept))

    with pytest.raises(SecretsUnreadable, match="owner_passwords"):
        Secrets.load(tmp_path)


@pytest.fixture
def of_an_older_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation made before there was another service."""
    (tmp_path / FILE).write_text(json.dumps({**kept_in(tmp_path), "of_a_newer_release": "stays"}))
    monkeypatch.setattr(secret_store, "SERVICES", (*SERVICES, "thanks"))
    return tmp_path


def test_service_that_is_new_gets_its_secrets_at_an_old_installation(of_an_older_release: Path) -> None:
    before = json.loads((of_an_older_release / FILE).read_text())

    with pytest.raises(SecretsTooFew, match=r"app_passwords.thanks, .*owner_passwords.thanks, .*: start Schakel once"):
        Secrets.load(of_an_older_release)
    grown = Secrets.load_or_make(of_an_older_release)

    after = json.loads((of_an_older_release / FILE).read_text())
    grows = dict.fromkeys((*OF_EACH_SERVICE, "made"), 0)
    assert {name: after[name] for name in before} | grows == before | grows
    assert before["owner_passwords"].items() <= grown.owner_passwords.items()
    assert len(grown.owner_passwords["thanks"]) >= 32
    assert Secrets.load(of_an_older_release) == Secrets.load_or_make(of_an_older_release) == grown


def test_secret_that_is_new_is_made_at_an_old_installation(
    of_an_older_release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(secret_store, "MAKERS", {**secret_store.MAKERS, "seal_key": secret_store.new_key})
    Secrets.load_or_make(of_an_older_release)
    kept = json.loads((of_an_older_release / FILE).read_text())

    assert len(kept["seal_key"]) >= 32
    assert "seal_key" in kept["made"]


@pytest.mark.parametrize("lost", ["vault_key", "app_passwords"])
def test_old_installation_that_lost_a_secret_is_refused_and_does_not_grow(of_an_older_release: Path, lost: str) -> None:
    kept = json.loads((of_an_older_release / FILE).read_text())
    del kept[lost]
    (of_an_older_release / FILE).write_text(json.dumps(kept))

    with pytest.raises(SecretsUnreadable, match="put back a copy"):
        Secrets.load_or_make(of_an_older_release)
    assert json.loads((of_an_older_release / FILE).read_text()) == kept


def test_secrets_that_are_gone_are_not_made_anew_where_there_is_something_that_they_open(tmp_path: Path) -> None:
    for folder in ("postgres", "kafka", "redis", "admin", "demo", *SERVICES):
        (tmp_path / folder).mkdir()
    make_what_is_missing(tmp_path)
    (tmp_path / "admin" / FILE).unlink()

    with pytest.raises(SecretsUnreadable, match=r"secrets.json is gone.*put back a copy"):
        make_what_is_missing(tmp_path)


def test_volumes_of_an_older_release_get_what_is_new_and_keep_what_they_have(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("postgres", "kafka", "redis", "admin", "demo", *SERVICES, "thanks"):
        (tmp_path / folder).mkdir()
    make_what_is_missing(tmp_path)
    before = {file: file.read_text() for file in tmp_path.rglob("*") if file.is_file() and file.name != FILE}

    monkeypatch.setattr(secret_store, "SERVICES", (*SERVICES, "thanks"))
    make_what_is_missing(tmp_path)

    users = tmp_path / "redis" / "users.acl"
    assert users.read_text().startswith(before.pop(users))
    assert "user schakel-thanks on" in users.read_text()
    assert {file: file.read_text() for file in before} == before
    assert "schakel_thanks:" in (tmp_path / "thanks" / "database_url").read_text()
    assert "schakel_thanks_owner:" in (tmp_path / "admin" / "thanks_owner_url").read_text()
