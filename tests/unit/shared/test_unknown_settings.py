"""A name that looks like a setting and is none is named, with the nearest that is."""

import re
from pathlib import Path

import pytest

from deploy.install import setting_names
from shared.runtime.unknown_settings import complaint, unknown_settings

ROOT = Path(__file__).parents[3]
NAME = re.compile(r"\bSCHAKEL_[A-Z0-9_]+[A-Z0-9]\b")


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("SCHAKEL_KAFKA_BOOTSTRP", "SCHAKEL_KAFKA_BOOTSTRAP"),
        ("SCHAKEL_KYE_RING_FILE", "SCHAKEL_KEY_RING"),
        ("SCHAKEL_INTAKE_VAULT_KYE", "SCHAKEL_INTAKE_VAULT_KEY"),
        ("SCHAKEL_QQQ", ""),
    ],
)
def test_name_that_is_no_setting_is_named_with_the_nearest_that_is(name: str, nearest: str) -> None:
    plain = name.removesuffix("_FILE")

    assert unknown_settings([name, plain, "PATH"]) == {plain: nearest}
    assert complaint(plain, nearest).endswith(f"did you mean {nearest}?" if nearest else "take it out")


@pytest.mark.parametrize(
    "name",
    ["SCHAKEL_CITY", "SCHAKEL_SMTP_HOST", "SCHAKEL_DATABASE_URL_FILE", "SCHAKEL_INTAKE_OWNER_URL", "SCHAKEL_DATA",
     "SCHAKEL_NOTIFY_KEY_RING", "SCHAKEL_CRASH_ROUNDS", "SCHAKEL_TEST_KAFKA", "HOME"],
)  # fmt: skip
def test_names_of_all_services_and_of_operators_are_known(name: str) -> None:
    assert unknown_settings([name]) == {}


def test_names_that_are_kept_are_those_of_the_services() -> None:
    assert setting_names.check() == []


@pytest.mark.parametrize(
    "file", ["Makefile", "deploy/compose.yaml", "deploy/env/demo.env", "deploy/env/schakel.env.example"]
)
def test_everything_that_we_set_ourselves_is_known(file: str) -> None:
    assert unknown_settings(NAME.findall((ROOT / file).read_text(encoding="utf-8"))) == {}
