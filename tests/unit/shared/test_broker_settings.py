"""In production nobody asks Kafka or Redis without a name and a password."""

import pytest

from shared.kernel.settings import CommonSettings, SettingsInvalid, load
from shared.messaging.bus.kafka_client import Broker
from tests.unit.shared.test_settings import GOOD

BROKER = {"SCHAKEL_KAFKA_BOOTSTRAP": "kafka:9092"}
USER = {"SCHAKEL_KAFKA_USER": "schakel-intake", "SCHAKEL_KAFKA_PASSWORD": "verzonnen-wachtwoord-van-intake"}


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        (BROKER, "SCHAKEL_KAFKA_USER is missing: set it to the name .* e.g. schakel-intake"),
        ({**BROKER, "SCHAKEL_KAFKA_USER": "schakel-intake"}, "SCHAKEL_KAFKA_PASSWORD is missing"),
        ({**BROKER, **USER, "SCHAKEL_KAFKA_MECHANISM": "PLAIN"}, "SCHAKEL_KAFKA_MECHANISM is wrong .*SCHAKEL_KAFKA_CA"),
        ({"SCHAKEL_REDIS_URL": "redis://redis:6379/0"}, "SCHAKEL_REDIS_URL is wrong .*password"),
    ],
)
def test_production_refuses_whoever_can_be_anybody_and_says_the_fix(given: dict[str, str], problem: str) -> None:
    with pytest.raises(SettingsInvalid, match=problem) as refused:
        load(CommonSettings, {**GOOD, **given}, service="intake")

    assert len(refused.value.problems) == 1


def test_test_may_ask_a_broker_without_a_name() -> None:
    settings = load(CommonSettings, {**GOOD, **BROKER, "SCHAKEL_ENVIRONMENT": "test"})

    assert Broker.of(settings).options()["security_protocol"] == "PLAINTEXT"


def test_passwords_are_not_shown() -> None:
    redis = {"SCHAKEL_REDIS_URL": "redis://schakel-intake:verzonnen-redis@redis:6379/0"}
    settings = load(CommonSettings, {**GOOD, **BROKER, **USER, **redis})

    assert "verzonnen" not in repr(settings) + repr(Broker.of(settings))


@pytest.mark.parametrize(
    ("more", "protocol"),
    [
        ({}, "SASL_PLAINTEXT"),
        ({"SCHAKEL_KAFKA_CA": "system"}, "SASL_SSL"),
        ({"SCHAKEL_KAFKA_CA": "system", "SCHAKEL_KAFKA_MECHANISM": "PLAIN"}, "SASL_SSL"),
    ],
)
def test_client_of_kafka_shows_who_it_is_and_encrypts_with_an_authority(more: dict[str, str], protocol: str) -> None:
    options = Broker.of(load(CommonSettings, {**GOOD, **BROKER, **USER, **more})).options()

    assert options["security_protocol"] == protocol
    assert options["sasl_mechanism"] == more.get("SCHAKEL_KAFKA_MECHANISM", "SCRAM-SHA-512")
    assert (options["sasl_plain_username"], options["ssl_context"] is None) == ("schakel-intake", not more)


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("redis://u:p@redis:6379/0", "rediss://u:p@redis:6379/0?ssl_ca_certs=/etc/schakel/ca.crt"),
        ("redis://u:p@redis:6379/0?db=1", "rediss://u:p@redis:6379/0?db=1&ssl_ca_certs=/etc/schakel/ca.crt"),
        ("", ""),
    ],
)
def test_address_of_redis_with_an_authority_is_encrypted(url: str, address: str) -> None:
    given = {**GOOD, "SCHAKEL_REDIS_URL": url, "SCHAKEL_REDIS_CA": "/etc/schakel/ca.crt"}

    assert load(CommonSettings, given).redis_address == address
