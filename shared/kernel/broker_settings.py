"""The settings of what runs beside the services: Kafka and Redis, and how each is sure who asks."""

from typing import Annotated, Literal
from urllib.parse import quote

from pydantic import Field, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings
from sqlalchemy.engine import make_url

RedisUrl = Annotated[str, StringConstraints(pattern=r"^$|^(redis|rediss|unix)://")]
KafkaMechanism = Literal["SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN"]


class BrokerSettings(BaseSettings):
    """In production nobody asks Kafka or Redis without a name and a password."""

    environment: Literal["production", "demo", "test", "development"] = Field(
        "production", description="production, demo, test or development"
    )
    kafka_bootstrap: str = Field("", description="brokers, e.g. kafka:9092; only the embedded run may leave it empty")
    kafka_replication: int = Field(
        1, ge=1, description="on how many brokers each record is kept, e.g. 3; schakel topics and doctor read it"
    )
    kafka_user: str = Field(
        "",
        validate_default=True,
        description="the name that this service has on the broker, e.g. schakel-<service>; "
        "only a broker for tests does without",
    )
    kafka_password: str = Field(
        "", validate_default=True, repr=False, description="the password that goes with SCHAKEL_KAFKA_USER"
    )
    kafka_ca: str = Field(
        "",
        description="the file with the authority that signed the broker's certificate, e.g. /etc/schakel/ca.crt; "
        "system: those that this machine trusts; empty: the connection is not encrypted",
    )
    kafka_mechanism: KafkaMechanism = Field(
        "SCRAM-SHA-512", description="SCRAM-SHA-512, SCRAM-SHA-256, or PLAIN on an encrypted connection"
    )
    redis_url: RedisUrl = Field(
        "", description="e.g. redis://schakel-<service>:…@redis:6379/0; empty: rate limits are kept in memory"
    )
    redis_ca: str = Field(
        "",
        description="the file with the authority that signed the certificate of Redis, e.g. /etc/schakel/ca.crt; "
        "empty: the connection is encrypted only when the address begins with rediss://",
    )

    @property
    def redis_address(self) -> str:
        """The address, with the authority in it as the client wants it; empty: there is no Redis."""
        if not (self.redis_url and self.redis_ca):
            return self.redis_url
        rest = self.redis_url.partition("://")[2]
        return f"rediss://{rest}{'&' if '?' in rest else '?'}ssl_ca_certs={quote(self.redis_ca)}"

    @field_validator("kafka_user")
    @classmethod
    def _named_in_production(cls, user: str, others: ValidationInfo) -> str:
        if others.data.get("environment") == "production" and others.data.get("kafka_bootstrap") and not user:
            raise PydanticCustomError("missing", "production without a name")
        return user

    @field_validator("kafka_password")
    @classmethod
    def _goes_with_the_user(cls, password: str, others: ValidationInfo) -> str:
        if others.data.get("kafka_user") and not password:
            raise PydanticCustomError("missing", "a name without its password")
        return password

    @field_validator("kafka_mechanism")
    @classmethod
    def _plain_only_when_encrypted(cls, mechanism: KafkaMechanism, others: ValidationInfo) -> KafkaMechanism:
        if mechanism == "PLAIN" and not others.data.get("kafka_ca"):
            raise ValueError("PLAIN shows the password to whoever listens, unless SCHAKEL_KAFKA_CA is set")
        return mechanism

    @field_validator("redis_url")
    @classmethod
    def _with_a_password_in_production(cls, url: str, others: ValidationInfo) -> str:
        if others.data.get("environment") == "production" and url and not make_url(url).password:
            raise ValueError("it must hold a password in production")
        return url
