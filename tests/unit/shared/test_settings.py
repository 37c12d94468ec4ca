"""Settings are checked whole, and every problem names its fix without giving a secret away."""

from pathlib import Path

import pytest

from shared.kernel.key_ring import read_keys
from shared.kernel.settings import CommonSettings, SettingsInvalid, load
from tests.parts.city import SCHIEWIJK
from tests.parts.keys import ring_file

GOOD = {
    "SCHAKEL_DATABASE_URL": "postgresql+asyncpg://u:p@127.0.0.1/x",
    "SCHAKEL_PUBLIC_URL": "https://schakel.example",
    "SCHAKEL_CITY": str(SCHIEWIJK),
    "SCHAKEL_KEY_RING": ring_file("notify"),
    "SCHAKEL_AUDIT_KEY": "a" * 32,
}


def test_settings_load_when_all_is_there() -> None:
    assert load(CommonSettings, GOOD).environment == "production"


def test_settings_name_every_problem_and_its_mend_at_once(tmp_path: Path) -> None:
    with pytest.raises(SettingsInvalid) as refused:
        load(CommonSettings, {"SCHAKEL_PUBLIC_URL": "schakel", "SCHAKEL_KEY_RING": str(tmp_path), "SCHAKEL_PORT": "x"})

    text = str(refused.value)
    for name in (
        "DATABASE_URL is missing",
        "PUBLIC_URL is wrong",
        "KEY_RING is wrong (Is a directory)",
        "PORT is wrong",
    ):
        assert f"SCHAKEL_{name}" in text
    assert "schakel keys rings" in text


@pytest.mark.parametrize("given", [{}, {"SCHAKEL_DATABASE_URL": "garbage"}])
def test_settings_give_the_service_itself_as_the_example_of_its_database(given: dict[str, str]) -> None:
    with pytest.raises(SettingsInvalid) as refused:
        load(CommonSettings, {**GOOD, "SCHAKEL_DATABASE_URL": "", **given}, service="matching")

    assert [problem.partition("e.g. ")[2] for problem in refused.value.problems] == [
        "postgresql+asyncpg://schakel_matching:…@postgres/schakel_matching"
    ]


def test_settings_refuse_plain_http_in_production_only() -> None:
    plain = {**GOOD, "SCHAKEL_PUBLIC_URL": "http://localhost:8080"}
    with pytest.raises(SettingsInvalid, match="https"):
        load(CommonSettings, plain)
    assert load(CommonSettings, {**plain, "SCHAKEL_ENVIRONMENT": "demo"}).public_url == "http://localhost:8080"


def test_settings_take_an_empty_variable_as_not_given() -> None:
    with pytest.raises(SettingsInvalid, match="SCHAKEL_KEY_RING is missing"):
        load(CommonSettings, {**GOOD, "SCHAKEL_KEY_RING": ""})


def test_settings_show_no_secret_when_they_are_printed() -> None:
    settings = load(CommonSettings, GOOD)
    assert GOOD["SCHAKEL_DATABASE_URL"] not in repr(settings)
    secrets = [
        one.jwk["k"] for of in read_keys(Path(GOOD["SCHAKEL_KEY_RING"])).values() for one in of if "k" in one.jwk
    ]
    assert [secret for secret in secrets if secret in repr(settings) + settings.model_dump_json()] == []
    assert secrets


@pytest.mark.parametrize("scheme", ["postgresql+asyncpg", "postgresql", "postgres"])
def test_settings_take_the_address_of_a_database_as_people_write_it(scheme: str) -> None:
    given = {**GOOD, "SCHAKEL_DATABASE_URL": f"{scheme}://u:p@127.0.0.1/x"}

    assert load(CommonSettings, given).database_url == GOOD["SCHAKEL_DATABASE_URL"]


@pytest.mark.parametrize(
    "url",
    ["garbage", "mysql://u:geheim@db/x", "postgresql://u:geheim@db:port/x", "postgresql+psycopg://u:geheim@db/x",
     "postgresql://u:geheim@db/x?sslmode=require"],
)  # fmt: skip
def test_settings_refuse_another_address_of_a_database_and_do_not_show_it(url: str) -> None:
    with pytest.raises(SettingsInvalid, match=r"SCHAKEL_DATABASE_URL is wrong .*postgresql\+asyncpg://") as refused:
        load(CommonSettings, {**GOOD, "SCHAKEL_DATABASE_URL": url})

    assert "geheim" not in str(refused.value)


def test_settings_name_what_is_missing_broken_and_out_of_step_at_once(tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsInvalid) as refused:
        load(
            CommonSettings,
            {
                "SCHAKEL_DATABASE_URL": "garbage",
                "SCHAKEL_PUBLIC_URL": "http://schakel.example",
                "SCHAKEL_SOURCE_URN_FILE": str(tmp_path / "binary"),
                "SCHAKEL_LOG_LEVEL_FILE": str(tmp_path / "nothing"),
                "SCHAKEL_PORT": "x",
            },
            required=["kafka_bootstrap"],
        )

    assert sorted(problem.partition(" (")[0].partition(":")[0] for problem in refused.value.problems) == [
        "SCHAKEL_AUDIT_KEY is missing",
        "SCHAKEL_CITY is missing",
        "SCHAKEL_DATABASE_URL is wrong",
        "SCHAKEL_KAFKA_BOOTSTRAP is missing",
        "SCHAKEL_KEY_RING is missing",
        "SCHAKEL_LOG_LEVEL_FILE is wrong",
        "SCHAKEL_PORT is wrong",
        "SCHAKEL_PUBLIC_URL is wrong",
        "SCHAKEL_SOURCE_URN_FILE is wrong",
    ]


def test_settings_of_one_service_go_before_those_of_all(tmp_path: Path) -> None:
    (tmp_path / "urn").write_text("urn:nld:notify")
    given = {
        **GOOD,
        "SCHAKEL_NOTIFY_SOURCE_URN_FILE": str(tmp_path / "urn"),
        "SCHAKEL_INTAKE_SOURCE_URN_FILE": str(tmp_path / "not for notify to read"),
    }

    assert load(CommonSettings, given, service="notify").source_urn == "urn:nld:notify"
    assert load(CommonSettings, given, service="matching").source_urn == "urn:nld:gemeente:systeem"


def test_settings_hold_the_city_that_the_file_describes() -> None:
    settings = load(CommonSettings, GOOD)
    assert (settings.city.name, settings.desk.name) == ("Schiewijk", "Schakelpunt Schiewijk")
    assert "Schiewijk" in settings.model_dump_json()


def test_settings_name_every_problem_of_the_city_beside_their_own(tmp_path: Path) -> None:
    file = tmp_path / "city.toml"
    text = SCHIEWIJK.read_text(encoding="utf-8")
    file.write_text(text.replace("matching = 1", "matching = 0").replace('noord = "Noord"', 'noord = ""'))
    with pytest.raises(SettingsInvalid) as refused:
        load(CommonSettings, {**GOOD, "SCHAKEL_CITY": str(file), "SCHAKEL_PORT": "x"})
    told = refused.value.problems
    assert [line.partition(" (")[0].partition(":")[0] for line in told] == [
        "SCHAKEL_CITY is wrong", str(file), str(file), "SCHAKEL_PORT is wrong",
    ]  # fmt: skip
    assert f"schakel city check {file}" in told[0]
    assert "terms.matching: this must be 1 or more" in "".join(told)
