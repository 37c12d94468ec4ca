"""The token of a school's system: whose it is, how long it holds, and what is none."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from shared.access.service_tokens import ServiceTokens
from shared.access.sessions import Session
from shared.access.system_tokens import TOKEN_LASTS, CallingSystem, SystemTokens
from shared.events.base import Role
from shared.events.catalogue import SERVICES
from shared.kernel.key_ring import KeyRing, NoSuchKey
from tests.parts.keys import new_keys, ring, sessions_of_matching, tokens_of_intake
from tests.twins.clock import HeldClock

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SYSTEM = CallingSystem(UUID(int=1), UUID(int=2), UUID(int=3))
TOKENS = tokens_of_intake()


def test_token_is_read_back_as_it_was_issued_until_its_time_is_over() -> None:
    token = TOKENS.issue(SYSTEM, NOW)
    assert TOKENS.read(token, NOW + TOKEN_LASTS - timedelta(seconds=1)) == SYSTEM
    assert TOKENS.read(token, NOW + TOKEN_LASTS + timedelta(seconds=1)) is None


def test_tampered_token_is_not_read_wherever_it_was_changed() -> None:
    token = TOKENS.issue(SYSTEM, NOW)
    for place in range(0, len(token) - 2, 7):
        changed = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        assert TOKENS.read(changed, NOW) is None, place


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "é" * 10, "." * 2, "a" * 10_000, "sk_only-for-tests"])
def test_nonsense_is_no_token(token: str) -> None:
    assert TOKENS.read(token, NOW) is None


def test_what_was_signed_for_something_else_is_no_token() -> None:
    session = sessions_of_matching(secure=True).issue(Session(UUID(int=1), Role.COORDINATOR, UUID(int=2)), NOW)
    service = ServiceTokens(ring("monitoring"), "monitoring", HeldClock(NOW)).issue("intake")
    of_another_key = SystemTokens(KeyRing(new_keys())).issue(SYSTEM, NOW)
    assert [TOKENS.read(each, NOW) for each in (session, service, of_another_key)] == [None] * 3


def test_token_of_a_system_opens_no_page() -> None:
    assert sessions_of_matching(secure=True).read(TOKENS.issue(SYSTEM, NOW), NOW) is None


@pytest.mark.parametrize("service", [one for one in SERVICES if one != "intake"])
def test_token_is_read_in_every_service_and_made_by_none_of_them(service: str) -> None:
    tokens = SystemTokens(ring(service))
    assert tokens.read(TOKENS.issue(SYSTEM, NOW), NOW) == SYSTEM
    with pytest.raises(NoSuchKey):
        tokens.issue(SYSTEM, NOW)
