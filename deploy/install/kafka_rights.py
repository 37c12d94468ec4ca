"""What each service may do on the broker: write its own topics, and read those it subscribes to in a group of its own.

Names and passwords are stored on the broker (SCRAM), rights as its access control list. aiokafka has Kafka's words
for the latter, and none for the former.
"""

import contextlib
import hashlib
import os
from collections.abc import AsyncIterator, Iterable, Mapping
from importlib import import_module
from typing import Any, Final, NamedTuple

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError, for_code
from aiokafka.protocol import admin as protocol
from aiokafka.protocol.api import Request, RequestStruct, Response
from aiokafka.protocol.types import CompactArray, CompactBytes, CompactString, Int8, Int16, Int32, Schema, TaggedFields

from shared.events.catalogue import TOPICS
from shared.kernel.waiting import TookTooLong, within
from shared.messaging.bus.base import BusAway
from shared.messaging.bus.kafka_client import Broker
from shared.messaging.subscriptions import publishers

ANSWER_WITHIN: Final = 15.0
ITERATIONS: Final = 8192
SHA_512: Final = 2
TOPIC, GROUP = 2, 3
READ, WRITE = 3, 4
ANY, LITERAL, PREFIX, ALLOW = 1, 3, 4, 3


class Right(NamedTuple):
    """A line of the broker's list, in its own numbers."""

    resource: int
    name: str
    pattern: int
    user: str
    operation: int

    def line(self) -> tuple[int, str, int, str, str, int, int]:
        """As the broker writes it."""
        return (self.resource, self.name, self.pattern, f"User:{self.user}", "*", self.operation, ALLOW)


def user_of(service: str) -> str:
    """The name that a service has on the broker, with which its consumer group begins too."""
    return f"schakel-{service}"


def rights_of(service: str) -> set[Right]:
    """To read or to write a topic includes to see that it is there."""
    user = user_of(service)
    subscriptions = import_module(f"services.{service}.subscriptions").SUBSCRIPTIONS
    read = [topic for other in publishers(subscriptions) for topic in TOPICS[other]]
    topics = {Right(TOPIC, topic, LITERAL, user, READ) for topic in read}
    topics |= {Right(TOPIC, topic, LITERAL, user, WRITE) for topic in TOPICS[service]}
    return topics | {Right(GROUP, user, PREFIX, user, READ)}


async def ensure_rights(broker: Broker, passwords: Mapping[str, str]) -> None:
    """Each service in `passwords` has its name, this password and its rights. Safe to repeat. Raises BusAway."""
    async with _administrator(broker) as admin:
        await _ask(admin, _SetPasswords({user_of(service): password for service, password in passwords.items()}))
        for service in passwords:
            found, needed = await _found(admin, user_of(service)), rights_of(service)
            for right in needed - found:
                await _ask(admin, protocol.CreateAclsRequest(*right.line()))
            for right in found - needed:
                await _ask(admin, protocol.DeleteAclsRequest(*right.line()))


async def wrong_rights(broker: Broker, services: Iterable[str]) -> list[str]:
    """The services that may do more or less on the broker than they must. Raises BusAway."""
    async with _administrator(broker) as admin:
        return [service for service in services if await _found(admin, user_of(service)) != rights_of(service)]


@contextlib.asynccontextmanager
async def _administrator(broker: Broker) -> AsyncIterator[AIOKafkaAdminClient]:
    admin = AIOKafkaAdminClient(**broker.options(), client_id="schakel-rights", request_timeout_ms=10_000)
    try:
        await within(ANSWER_WITHIN, admin.start())
        yield admin
    except (KafkaError, OSError, TimeoutError, TookTooLong) as problem:
        raise BusAway(f"the rights cannot be seen to: {type(problem).__name__} {problem}") from problem
    finally:
        with contextlib.suppress(KafkaError, OSError, TimeoutError, TookTooLong):
            await within(ANSWER_WITHIN, admin.close())


async def _found(admin: AIOKafkaAdminClient, user: str) -> set[Right]:
    answer = await _ask(admin, _DescribeRights(f"User:{user}"))
    return {
        Right(resource, name, pattern, user, operation)
        for resource, name, pattern, lines in answer.resources
        for _principal, _host, operation, _permission in lines
    }


async def _ask(admin: AIOKafkaAdminClient, question: Any) -> Any:  # noqa: ANN401 - aiokafka's answers have no types
    answer = await within(ANSWER_WITHIN, admin._send_to_controller(question))  # noqa: SLF001 - as its own methods do
    told: dict[str, Any] = answer.to_object()
    results = [told, *(told.get("creation_responses") or told.get("filter_responses") or told.get("results") or ())]
    for result in results:
        if code := result.get("error_code", 0):
            raise for_code(code)(result.get("error_message"))
    return answer


class _DescribeRights(protocol.DescribeAclsRequest):  # type: ignore[misc]  # aiokafka has no types
    """All lines of one user. aiokafka's own class fills in a third of what the second version asks."""

    def __init__(self, principal: str) -> None:
        super().__init__(ANY, None, ANY, principal, None, ANY, ANY)

    def build(self, request_struct_class: Any) -> Any:  # noqa: ANN401 - one of two classes
        return request_struct_class(ANY, None, ANY, self._principal, None, ANY, ANY)


class _PasswordsSet(Response):  # type: ignore[misc]  # as above
    API_KEY = 51
    API_VERSION = 0
    SCHEMA = Schema(
        ("throttle_time_ms", Int32),
        (
            "results",
            CompactArray(
                ("user", CompactString("utf-8")),
                ("error_code", Int16),
                ("error_message", CompactString("utf-8")),
                ("tags", TaggedFields),
            ),
        ),
        ("tags", TaggedFields),
    )


class _SetPasswordsV0(RequestStruct):  # type: ignore[misc]  # as above
    FLEXIBLE_VERSION = True
    API_KEY = 51
    API_VERSION = 0
    RESPONSE_TYPE = _PasswordsSet
    SCHEMA = Schema(
        ("deletions", CompactArray(("name", CompactString("utf-8")), ("mechanism", Int8), ("tags", TaggedFields))),
        (
            "upsertions",
            CompactArray(
                ("name", CompactString("utf-8")),
                ("mechanism", Int8),
                ("iterations", Int32),
                ("salt", CompactBytes),
                ("salted_password", CompactBytes),
                ("tags", TaggedFields),
            ),
        ),
        ("tags", TaggedFields),
    )


class _SetPasswords(Request[_SetPasswordsV0]):  # type: ignore[misc]  # as above
    """Kafka's AlterUserScramCredentials: the password itself never goes over the line."""

    API_KEY = 51

    def __init__(self, passwords: Mapping[str, str]) -> None:
        self._passwords = passwords

    def build(self, request_struct_class: type[_SetPasswordsV0]) -> _SetPasswordsV0:
        lines: list[tuple[str, int, int, bytes, bytes, dict[int, bytes]]] = []
        for user, password in self._passwords.items():
            salt = os.urandom(32)
            salted = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, ITERATIONS)
            lines.append((user, SHA_512, ITERATIONS, salt, salted, {}))
        return request_struct_class([], lines, {})
