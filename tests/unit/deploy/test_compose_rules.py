"""What a container in deploy/compose.yaml may do: as little as it can. Each rule is shown to refuse a bad sample."""

import copy
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from shared.events.catalogue import SERVICES

DEPLOY = Path(__file__).parents[3] / "deploy"
OURS = "schakel:local"
READS_EVERYTHING = frozenset({"migrate", "topics", "city", "cli"})
HAS_SECRETS_OF_ITS_OWN = frozenset({"postgres", "kafka", "redis"})
# The one makes secrets, the other replaces keys.
WRITES_SECRETS = frozenset({"secrets", "keys"})
REACHES_OUTSIDE = frozenset({"proxy", "notify-worker", "cli"})
# Each with its reason: the public image of Kafka runs as its own user; the proxy's program carries one capability in
# its file and would not start without it.
OWN_USER_IN_IMAGE = frozenset({"kafka"})
CAPABILITIES = {"proxy": ["NET_BIND_SERVICE"]}
SECRET_NAME = re.compile(r"(KEY|PASSWORD|SECRET|TOKEN|DATABASE_URL|OWNER_URL|ADMIN_URL|REDIS_URL)$")
WITH_PASSWORD = re.compile(r"://[^/\s]*:[^/\s]*@")

Containers = dict[str, dict[str, Any]]


def containers() -> Containers:
    """As Compose reads them, before the settings are filled in."""
    found: Containers = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]
    return found


def encrypted() -> Containers:
    """What is different with TLS=1."""
    found: Containers = yaml.safe_load((DEPLOY / "compose.tls.yaml").read_text(encoding="utf-8"))["services"]
    return found


def mounts(container: dict[str, Any]) -> dict[str, bool]:
    """Source -> whether it can be written."""
    found = {}
    for mount in container.get("volumes", []):
        source, *rest = [mount["source"]] if isinstance(mount, dict) else mount.split(":")
        found[source] = "ro" not in rest and not (isinstance(mount, dict) and mount.get("read_only"))
    return found


def only_the_proxy_can_be_reached(found: Containers) -> list[str]:
    return [name for name, one in found.items() if one.get("ports") and name != "proxy"]


def nobody_is_root(found: Containers) -> list[str]:
    def is_root(name: str, one: dict[str, Any]) -> bool:
        if one["image"] == OURS or name in OWN_USER_IN_IMAGE:
            return "user" in one
        return str(one.get("user", "root")).split(":")[0] in {"root", "0"}

    return [name for name, one in found.items() if is_root(name, one)]


def nobody_writes_on_its_root(found: Containers) -> list[str]:
    return [name for name, one in found.items() if not one.get("read_only")]


def nobody_has_privileges(found: Containers) -> list[str]:
    hosts = ("privileged", "devices", "pid", "ipc", "network_mode", "userns_mode", "extra_hosts")
    return [
        name
        for name, one in found.items()
        if one.get("cap_drop") != ["ALL"]
        or one.get("cap_add", []) != CAPABILITIES.get(name, [])
        or one.get("security_opt") != ["no-new-privileges:true"]
        or any(key in one for key in hosts)
        or any("docker.sock" in source for source in mounts(one))
    ]


def secrets_are_only_with_who_needs_them(found: Containers) -> list[str]:
    wrong = []
    for name, one in found.items():
        here = {source: writable for source, writable in mounts(one).items() if source.startswith("secrets-")}
        own = {f"secrets-{service}" for service in SERVICES if name in {f"{service}-web", f"{service}-worker"}}
        own |= {f"secrets-{name}"} if name in HAS_SECRETS_OF_ITS_OWN else set()
        if name in WRITES_SECRETS or (name in READS_EVERYTHING and not any(here.values())):
            continue
        if set(here) != own or any(here.values()):
            wrong.append(name)
    return wrong


def nothing_secret_stands_in_an_environment(found: Containers) -> list[str]:
    return [
        f"{name}.{variable}"
        for name, one in found.items()
        for variable, value in one.get("environment", {}).items()
        if SECRET_NAME.search(variable)
        or WITH_PASSWORD.search(str(value))
        or re.search(r"\$\{\w*(KEY|PASSWORD|SECRET|TOKEN)\b(?!_FILE)", str(value))
        or (variable.endswith("_FILE") and value and not value.startswith("/secrets/"))
    ]


def few_reach_the_world(found: Containers) -> list[str]:
    return [
        name
        for name, one in found.items()
        if set(one["networks"]) - {"inside"} != ({"outside"} if name in REACHES_OUTSIDE else set())
    ]


def everybody_who_stays_comes_back_and_is_watched(found: Containers) -> list[str]:
    return [
        name
        for name, one in found.items()
        if one.get("restart") != "no" and not (one.get("restart") == "unless-stopped" and "healthcheck" in one)
    ]


Rule = Callable[[Containers], list[str]]
BAD: list[tuple[Rule, str, dict[str, Any]]] = [
    (only_the_proxy_can_be_reached, "postgres", {"ports": ["5432:5432"]}),
    (nobody_is_root, "intake-web", {"user": "root"}),
    (nobody_is_root, "redis", {"user": "0:0"}),
    (nobody_is_root, "proxy", {"user": "root"}),
    (nobody_writes_on_its_root, "matching-worker", {"read_only": False}),
    (nobody_writes_on_its_root, "kafka", {"read_only": False}),
    (nobody_has_privileges, "kafka", {"cap_drop": []}),
    (nobody_has_privileges, "proxy", {"cap_add": ["NET_BIND_SERVICE", "SYS_ADMIN"]}),
    (nobody_has_privileges, "notify-web", {"cap_add": ["NET_BIND_SERVICE"]}),
    (nobody_has_privileges, "migrate", {"security_opt": []}),
    (nobody_has_privileges, "intake-worker", {"privileged": True}),
    (nobody_has_privileges, "mailbox", {"volumes": ["/var/run/docker.sock:/var/run/docker.sock"]}),
    (secrets_are_only_with_who_needs_them, "matching-web", {"volumes": ["secrets-intake:/secrets/intake:ro"]}),
    (secrets_are_only_with_who_needs_them, "intake-web", {"volumes": ["secrets-intake:/secrets/intake"]}),
    (secrets_are_only_with_who_needs_them, "kafka", {"volumes": ["secrets-redis:/secrets/redis:ro"]}),
    (secrets_are_only_with_who_needs_them, "proxy", {"volumes": ["secrets-admin:/secrets/admin:ro"]}),
    (secrets_are_only_with_who_needs_them, "cli", {"volumes": ["secrets-admin:/secrets/admin"]}),
    (nothing_secret_stands_in_an_environment, "intake-web", {"environment": {"SCHAKEL_VAULT_KEY": "eA=="}}),
    (nothing_secret_stands_in_an_environment, "notify-web", {"environment": {"X": "${SCHAKEL_SMTP_PASSWORD:-}"}}),
    (nothing_secret_stands_in_an_environment, "migrate", {"environment": {"X": "postgresql://a:b@postgres/c"}}),
    (nothing_secret_stands_in_an_environment, "intake-web", {"environment": {"SCHAKEL_VAULT_KEY_FILE": "/app/key"}}),
    (few_reach_the_world, "intake-web", {"networks": ["inside", "outside"]}),
    (everybody_who_stays_comes_back_and_is_watched, "notify-worker", {"restart": "always"}),
    (everybody_who_stays_comes_back_and_is_watched, "notify-worker", {"healthcheck": None, "restart": ""}),
]
RULES = list(dict.fromkeys(rule for rule, _, _ in BAD))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_compose_file_keeps_the_rule(rule: Rule) -> None:
    assert rule(containers()) == []


@pytest.mark.parametrize(("rule", "name", "change"), BAD)
def test_rule_refuses_a_bad_sample(rule: Rule, name: str, change: dict[str, Any]) -> None:
    found = copy.deepcopy(containers())
    found[name] = found[name] | change

    assert [one.split(".")[0] for one in rule(found)] == [name]


def test_image_runs_without_root_and_holds_no_secret() -> None:
    lines = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").splitlines()
    last_stage = lines[max(number for number, line in enumerate(lines) if line.startswith("FROM")) :]

    assert [line for line in last_stage if line.startswith("USER")] == ["USER schakel"]
    assert last_stage[-1] == "USER schakel"
    assert not [line for line in lines if SECRET_NAME.search(line.split("=")[0])]


def test_broker_that_stands_alone_has_on_its_disk_what_it_acknowledged() -> None:
    given = properties_of_kafka()

    assert given["offsets.topic.replication.factor"] == "1"
    assert given["log.flush.interval.messages"] == "1"


def test_broker_lets_nobody_in_without_a_name_and_says_nothing_to_itself_outside() -> None:
    given = properties_of_kafka()
    protocols = dict(one.split(":", 1) for one in given["listener.security.protocol.map"].split(","))

    assert given["allow.everyone.if.no.acl.found"] == "false"
    assert given["super.users"] == "User:schakel-admin"
    assert {one.partition("_")[0] for one in protocols.values()} == {"SASL"}
    assert [one for one in given["listeners"].split(",") if "://127.0.0.1:" not in one] == ["SERVICES://:9092"]
    assert given["listener.name.services.sasl.enabled.mechanisms"] == "SCRAM-SHA-512"


def properties_of_kafka() -> dict[str, str]:
    """Its settings, by name."""
    lines = (DEPLOY / "compose" / "kafka" / "server.properties").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_settings_that_are_committed_hold_no_secret() -> None:
    for file in ("demo.env", "schakel.env.example"):
        names = re.findall(r"^(\w+)=", (DEPLOY / "env" / file).read_text(encoding="utf-8"), re.MULTILINE)
        assert "SCHAKEL_PUBLIC_URL" in names
        assert not [name for name in names if SECRET_NAME.search(name)]


def test_every_setting_of_the_example_is_read() -> None:
    named = re.findall(r"^(\w+)=", (DEPLOY / "env" / "schakel.env.example").read_text(encoding="utf-8"), re.MULTILINE)
    read = re.findall(r"\$\{(\w+)", (DEPLOY / "compose.yaml").read_text(encoding="utf-8"))

    assert [name for name in named if name not in read] == []


@pytest.mark.parametrize("service", SERVICES)
def test_service_has_its_processes_its_secrets_and_its_place_behind_the_proxy(service: str) -> None:
    found, own = containers(), f"secrets-{service}"
    addresses = {f"SCHAKEL_{service.upper()}_{which}_URL_FILE" for which in ("OWNER", "DATABASE")}

    assert {own} <= set(mounts(found[f"{service}-web"])) & set(mounts(found[f"{service}-worker"]))
    assert mounts(found["secrets"])[own]
    assert not mounts(found["cli"])[own]
    assert f"SCHAKEL_{service.upper()}_KAFKA_PASSWORD_FILE" in found["topics"]["environment"]
    assert {f"{service}-web", f"{service}-worker"} <= set(encrypted())
    assert addresses <= set(found["migrate"]["environment"]) & set(found["cli"]["environment"])
    assert found["proxy"]["depends_on"][f"{service}-web"] == {"condition": "service_healthy"}


def test_every_container_that_speaks_to_another_knows_the_authority_when_they_are_encrypted() -> None:
    speaking = {name for name, one in containers().items() if one["image"] == OURS} - {"secrets", "mailbox"}

    assert set(encrypted()) == speaking | {"secrets", "kafka", "postgres", "redis", "proxy"}
    for name in speaking:
        changed = encrypted()[name]
        assert changed["environment"]["PGSSLMODE"] == "verify-full"
        assert mounts(changed) == {"secrets-ca": False}


@pytest.mark.parametrize("service", SERVICES)
def test_every_process_of_a_service_reads_the_one_file_that_describes_the_city(service: str) -> None:
    for process in ("web", "worker"):
        container = containers()[f"{service}-{process}"]
        city, logo = container["configs"]
        assert (logo["source"], logo["target"]) == ("logo", "/etc/schakel/logo.svg")
        assert container["environment"]["SCHAKEL_CITY"] == city["target"]
