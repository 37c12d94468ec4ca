"""Secrets are made once, differ from each other, and only their owner can read them."""

import json
import stat
from pathlib import Path

import pytest

from deploy.install.secret_store import FILE, Secrets, SecretsUnreadable


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
    single = [secrets.superuser_password, secrets.session_key, secrets.service_key, secrets.vault_key, secrets.code_key,
              secrets.school_api_key]  # fmt: skip
    every = [*single, *secrets.owner_passwords.values(), *secrets.app_passwords.values()]

    assert len(set(every)) == len(every) == 14
    assert min(map(len, every)) >= 32


@pytest.mark.parametrize("damage", ["", "{", "{}", "[]", '{"session_key": 3}'])
def test_damaged_secrets_are_refused_and_kept(tmp_path: Path, damage: str) -> None:
    (tmp_path / FILE).write_text(damage)

    with pytest.raises(SecretsUnreadable, match="damaged"):
        Secrets.load_or_make(tmp_path)
    assert (tmp_path / FILE).read_text() == damage


@pytest.mark.parametrize("lost", ["vault_key", "superuser_password", "app_passwords"])
def test_secrets_with_one_missing_are_refused_and_it_is_named(tmp_path: Path, lost: str) -> None:
    kept = Secrets.load_or_make(tmp_path).model_dump()
    del kept[lost]
    (tmp_path / FILE).write_text(json.dumps(kept))

    with pytest.raises(SecretsUnreadable, match=f"incomplete .{lost}.: put back a copy"):
        Secrets.load_or_make(tmp_path)


def test_secrets_without_the_password_of_one_service_are_refused(tmp_path: Path) -> None:
    kept = Secrets.load_or_make(tmp_path).model_dump()
    del kept["owner_passwords"]["notify"]
    (tmp_path / FILE).write_text(json.dumps(kept))

    with pytest.raises(SecretsUnreadable, match="owner_passwords"):
        Secrets.load(tmp_path)
