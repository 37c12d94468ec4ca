"""The audit chain shows every change after the fact."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

from shared.privacy.audit import AuditEntry, AuditLine, append, verify

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def entry(number: int) -> AuditEntry:
    return AuditEntry(
        UUID(int=number), NOW, UUID(int=100), "read", UUID(int=200), ("child.first_name",), "warm-handover"
    )


def chain(length: int) -> list[AuditLine]:
    lines: list[AuditLine] = []
    for number in range(1, length + 1):
        lines.append(append(entry(number), lines[-1] if lines else None))
    return lines


def broken_at(lines: list[AuditLine]) -> int | None:
    found = verify(lines)
    return found.position if found else None


def test_untouched_chain_holds() -> None:
    assert verify(chain(5)) is None
    assert verify([]) is None


def test_changed_line_shows_at_its_place() -> None:
    for changed in (
        {"purpose": "curiosity"},
        {"fields": ()},
        {"actor_id": UUID(int=9)},
        {"at": NOW + timedelta(seconds=1)},
        {"action": "write"},
        {"case_id": UUID(int=9)},
    ):
        lines = chain(5)
        lines[2] = replace(lines[2], entry=replace(lines[2].entry, **changed))
        assert broken_at(lines) == 3, changed


def test_line_that_was_changed_and_hashed_again_shows_at_the_next() -> None:
    lines = chain(5)
    lines[2] = append(replace(entry(3), purpose="curiosity"), lines[1])
    assert broken_at(lines) == 4


def test_missing_moved_or_added_line_shows() -> None:
    lines = chain(5)
    assert broken_at(lines[:2] + lines[3:]) == 3
    assert broken_at([lines[0], lines[2], lines[1]]) == 2
    assert broken_at([*lines[:2], append(entry(9), lines[1]), *lines[2:]]) == 4
    assert broken_at(lines[1:]) == 1


def test_same_instant_in_another_zone_is_the_same_line() -> None:
    elsewhere = replace(entry(1), at=NOW.astimezone(timezone(timedelta(hours=1))))
    assert append(elsewhere, None).hash == append(entry(1), None).hash
