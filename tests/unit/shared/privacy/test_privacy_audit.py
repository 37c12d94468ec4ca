"""The audit chain shows every change after the fact, to whoever holds its key."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Final
from uuid import UUID

import pytest

from shared.privacy.audit import About, Action, Actor, AuditEntry, Outcome, Via
from shared.privacy.audit_chain import Anchored, AuditChain, AuditLine, Head
from tests.parts.audit import CHAIN

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ACTOR = Actor(UUID(int=100), Via.API, "key-1", "ambassador", UUID(int=300), UUID(int=101))
OTHERS: Final[dict[str, Any]] = {
    "person_id": UUID(int=9), "via": Via.PAGE, "via_id": "key-2", "role": "partner",
    "organisation_id": None, "in_place_of": None,
}  # fmt: skip
OTHER_ACTORS: Final = [replace(ACTOR, **{name: other}) for name, other in OTHERS.items()]
CHANGES: Final[list[dict[str, Any]]] = [
    {"id": UUID(int=9)},
    {"at": NOW + timedelta(microseconds=1)},
    *({"actor": actor} for actor in OTHER_ACTORS),
    {"action": Action.WRITE},
    {"about": About.PERSON},
    {"about_id": UUID(int=9)},
    {"fields": ()},
    {"purpose": "curiosity"},
    {"reason": "urgent"},
    {"outcome": Outcome.REFUSED},
    {"trace_id": "1" * 32},
    {"case_id": UUID(int=9)},
]


def entry(number: int) -> AuditEntry:
    return AuditEntry(
        UUID(int=number), NOW, ACTOR, Action.READ, About.CASE, UUID(int=200), ("first_name",), "warm-handover"
    )


def chain(length: int) -> list[AuditLine]:
    lines: list[AuditLine] = []
    for number in range(1, length + 1):
        lines.append(CHAIN.append(entry(number), lines[-1].head if lines else Head()))
    return lines


def broken_at(lines: list[AuditLine], after: Head | None = None) -> int | None:
    found = CHAIN.verify(lines, after)
    return found.position if found else None


def test_untouched_chain_holds() -> None:
    assert CHAIN.verify(chain(5)) is None
    assert CHAIN.verify([]) is None


@pytest.mark.parametrize("changed", CHANGES, ids=lambda changed: next(iter(changed)))
def test_changed_line_shows_at_its_place(changed: dict[str, Any]) -> None:
    lines = chain(5)
    lines[2] = replace(lines[2], entry=replace(lines[2].entry, **changed))
    assert broken_at(lines) == 3


def test_every_field_of_a_line_is_changed_above() -> None:
    assert {name for changed in CHANGES for name in changed} == {field.name for field in fields(AuditEntry)}
    assert len(OTHER_ACTORS) == len(fields(Actor))


def test_line_that_was_changed_and_hashed_again_shows_at_the_next() -> None:
    lines = chain(5)
    lines[2] = CHAIN.append(replace(entry(3), purpose="curiosity"), lines[1].head)
    assert broken_at(lines) == 4


def test_chain_that_was_made_again_without_the_key_shows_at_its_first_line() -> None:
    forger, lines = AuditChain("a key that somebody made up, 32 characters"), list[AuditLine]()
    for number in (1, 3, 4):
        lines.append(forger.append(entry(number), lines[-1].head if lines else Head()))
    assert broken_at(lines) == 1


def test_missing_moved_or_added_line_shows() -> None:
    lines = chain(5)
    assert broken_at(lines[:2] + lines[3:]) == 3
    assert broken_at([lines[0], lines[2], lines[1]]) == 2
    assert broken_at([*lines[:2], CHAIN.append(entry(9), lines[1].head), *lines[2:]]) == 4
    assert broken_at(lines[1:]) == 1


def test_part_of_a_chain_is_checked_from_a_known_head() -> None:
    lines = chain(5)
    assert broken_at(lines[2:], lines[1].head) is None
    assert broken_at(lines[3:], lines[1].head) == 3
    assert broken_at(lines[2:], Head(2, lines[2].hash)) == 3


def test_same_instant_in_another_zone_is_the_same_line() -> None:
    elsewhere = replace(entry(1), at=NOW.astimezone(timezone(timedelta(hours=1))))
    assert CHAIN.append(elsewhere, Head()).hash == CHAIN.append(entry(1), Head()).hash


def test_head_outside_the_database_is_known_again_and_none_can_be_made_up() -> None:
    anchored = Anchored(chain(3)[-1].head, NOW)
    kept = CHAIN.sealed_head(anchored)

    assert CHAIN.opened_head(kept) == anchored
    assert CHAIN.opened_head({**kept, "pruned": 1}) is None
    for name, other in {"position": 2, "hash": "00" * 32, "at": "2026-03-02T10:00:00+00:00", "seal": "00"}.items():
        assert CHAIN.opened_head({**kept, name: other}) is None, name
        assert CHAIN.opened_head({key: value for key, value in kept.items() if key != name}) is None, name
