"""Which services a command is about, by the environment."""

from pathlib import Path

import pytest

from deploy.cli.target import deployment
from deploy.demo.city.demo_city import demo_city
from deploy.embedded.deployment import embedded_databases, embedded_environ, key_folder
from deploy.install.deployments import NoDeployment, from_environ
from deploy.install.key_rings import make_key_rings
from deploy.install.secret_store import Secrets
from services.intake.settings import IntakeSettings
from services.matching.settings import MatchingSettings
from services.monitoring.settings import MonitoringSettings
from services.notify.settings import NotifySettings
from shared.kernel.settings import CommonSettings, SettingsInvalid, load

URL = "postgresql+asyncpg://{0}:word@db/{0}"


def test_service_gets_what_is_given_for_it_alone_before_what_is_given_for_all() -> None:
    found = from_environ({
        "SCHAKEL_INTAKE_DATABASE_URL": URL.format("schakel_intake"),
        "SCHAKEL_NOTIFY_DATABASE_URL": URL.format("schakel_notify"),
        "SCHAKEL_SOURCE_URN": "everybody's",
        "SCHAKEL_NOTIFY_SOURCE_URN": "notify's",
    })  # fmt: skip

    assert found is not None
    assert set(found.databases) == {"intake", "notify"}
    assert found.environ["intake"]["SCHAKEL_SOURCE_URN"] == "everybody's"
    assert found.environ["notify"]["SCHAKEL_SOURCE_URN"] == "notify's"
    assert found.app_urls["notify"] == URL.format("schakel_notify")


def test_owner_migrates_when_it_is_named_and_the_service_itself_otherwise() -> None:
    found = from_environ({
        "SCHAKEL_INTAKE_DATABASE_URL": URL.format("schakel_intake"),
        "SCHAKEL_INTAKE_OWNER_URL": URL.format("schakel_intake_owner"),
        "SCHAKEL_MATCHING_DATABASE_URL": URL.format("schakel_matching"),
    })  # fmt: skip

    assert found is not None
    assert found.databases["intake"].owner_url == URL.format("schakel_intake_owner")
    assert found.databases["matching"].owner_url == URL.format("schakel_matching")


def test_one_address_for_all_is_refused_until_it_is_said_whose_it_is() -> None:
    environ = {"SCHAKEL_DATABASE_URL": URL.format("schakel_intake")}

    with pytest.raises(NoDeployment, match="SCHAKEL_SERVICE"):
        from_environ(environ)
    found = from_environ({**environ, "SCHAKEL_SERVICE": "intake"})

    assert found is not None
    assert set(found.databases) == {"intake"}


def test_address_that_cannot_be_read_is_named_with_how_to_fix_it() -> None:
    with pytest.raises(SettingsInvalid) as refused:
        from_environ({
            "SCHAKEL_INTAKE_DATABASE_URL": "garbage",
            "SCHAKEL_NOTIFY_DATABASE_URL": URL.format("schakel_notify"),
            "SCHAKEL_NOTIFY_OWNER_URL": "mysql://owner:geheim@db/notify",
        })  # fmt: skip

    first, second = refused.value.problems
    assert first.startswith("SCHAKEL_INTAKE_DATABASE_URL is wrong")
    assert "postgresql+asyncpg://schakel_intake" in first
    assert second.startswith("SCHAKEL_NOTIFY_OWNER_URL is wrong")
    assert "geheim" not in second


def test_plain_address_is_taken_too() -> None:
    found = from_environ({"SCHAKEL_INTAKE_DATABASE_URL": "postgresql://schakel_intake:word@db/schakel_intake"})

    assert found is not None
    assert found.app_urls["intake"] == URL.format("schakel_intake")


def test_address_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "url").write_text(URL.format("schakel_intake") + "\n")

    found = from_environ({"SCHAKEL_INTAKE_DATABASE_URL_FILE": str(tmp_path / "url")})

    assert found is not None
    assert found.app_urls == {"intake": URL.format("schakel_intake")}


@pytest.mark.parametrize(
    ("said", "environment"),
    [({}, "production"), ({"SCHAKEL_ENVIRONMENT": "demo"}, "demo"),
     ({"SCHAKEL_ENVIRONMENT": "demo", "SCHAKEL_NOTIFY_ENVIRONMENT": "production"}, "production")],
)  # fmt: skip
def test_environment_is_production_unless_every_service_says_otherwise(said: dict[str, str], environment: str) -> None:
    urls = {f"SCHAKEL_{name}_DATABASE_URL": URL.format(name) for name in ("INTAKE", "NOTIFY")}

    found = from_environ({**urls, **said})

    assert found is not None
    assert found.environment == environment


async def test_nothing_to_be_about_is_said_with_both_ways_to_fix_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SCHAKEL_DATABASE_URL", raising=False)

    with pytest.raises(NoDeployment, match=r"schakel up.*SCHAKEL_INTAKE_DATABASE_URL"):
        async with deployment(tmp_path / "nothing"):
            pass


@pytest.mark.parametrize(
    ("service", "kind"),
    [
        ("intake", IntakeSettings),
        ("matching", MatchingSettings),
        ("monitoring", MonitoringSettings),
        ("notify", NotifySettings),
    ],
)
def test_embedded_service_finds_all_that_its_container_would(
    service: str, kind: type[CommonSettings], tmp_path: Path
) -> None:
    secrets = Secrets.fresh()
    databases = embedded_databases(secrets, 5432)
    make_key_rings(key_folder(tmp_path))

    settings = load(kind, embedded_environ(secrets, databases[service], demo_city(), tmp_path))

    assert settings.environment == "demo"
    assert settings.database_url == databases[service].app_url
    assert secrets.owner_passwords[service] not in settings.model_dump_json()
