"""Sealed values open only where they belong, and never without their owner's key."""

import os
from pathlib import Path
from uuid import UUID

import pytest

from shared.privacy.sealed import Unreadable, WrappedKey
from tests.parts.sealing import lines_of, sealing_with

OLD, NEW = bytes(range(32)), bytes(range(32, 64))
SEALING = sealing_with(OLD)
ROW, OTHER_ROW = UUID(int=1), UUID(int=2)
NAME = "Zoë Voorbeeld-ÇelikЖ 👧"


def a_key() -> WrappedKey:
    return SEALING.new_key("case_keys", ROW)


def test_sealed_value_opens_in_its_own_place() -> None:
    key = a_key()
    sealed = SEALING.seal(key, "children", "first_name", ROW, NAME)
    assert NAME.encode() not in sealed
    assert SEALING.open(key, "children", "first_name", ROW, sealed) == NAME


@pytest.mark.parametrize(
    ("table", "column", "row"),
    [("families", "first_name", ROW), ("children", "last_name", ROW), ("children", "first_name", OTHER_ROW)],
)
def test_sealed_value_does_not_open_elsewhere(table: str, column: str, row: UUID) -> None:
    key = a_key()
    sealed = SEALING.seal(key, "children", "first_name", ROW, NAME)
    with pytest.raises(Unreadable):
        SEALING.open(key, table, column, row, sealed)


@pytest.mark.parametrize(("table", "row"), [("draft_keys", ROW), ("case_keys", OTHER_ROW)])
def test_wrapped_key_opens_and_seals_nothing_in_another_row(table: str, row: UUID) -> None:
    key = a_key()
    sealed, moved = SEALING.seal(key, "t", "c", ROW, NAME), WrappedKey(table, row, key.wrapped)
    with pytest.raises(Unreadable):
        SEALING.open(moved, "t", "c", ROW, sealed)
    with pytest.raises(Unreadable):
        SEALING.seal(moved, "t", "c", ROW, NAME)


def test_same_value_is_sealed_differently_each_time() -> None:
    key = a_key()
    assert len({SEALING.seal(key, "t", "c", ROW, NAME) for _ in range(20)}) == 20


def test_sealed_value_does_not_open_with_another_key_of_the_same_case() -> None:
    sealed = SEALING.seal(a_key(), "t", "c", ROW, NAME)
    with pytest.raises(Unreadable):
        SEALING.open(a_key(), "t", "c", ROW, sealed)


def test_case_key_does_not_open_in_another_environment() -> None:
    key = a_key()
    sealed = SEALING.seal(key, "t", "c", ROW, NAME)
    with pytest.raises(Unreadable):
        sealing_with(os.urandom(32)).open(key, "t", "c", ROW, sealed)


def test_any_changed_bit_is_noticed() -> None:
    key = a_key()
    sealed = SEALING.seal(key, "t", "c", ROW, "x")
    for place in range(len(sealed)):
        with pytest.raises(Unreadable):
            SEALING.open(key, "t", "c", ROW, flipped(sealed, place))
    for place in range(len(key.wrapped)):
        with pytest.raises(Unreadable):
            SEALING.open(key._replace(wrapped=flipped(key.wrapped, place)), "t", "c", ROW, sealed)


def flipped(value: bytes, place: int) -> bytes:
    changed = bytearray(value)
    changed[place] ^= 1
    return bytes(changed)


@pytest.mark.parametrize("nonsense", [b"", b"\x01", b"\x01" + bytes(27), b"\x02" + bytes(60), b"\x02" + bytes(5)])
def test_nonsense_does_not_open(nonsense: bytes) -> None:
    with pytest.raises(Unreadable):
        SEALING.open(a_key(), "t", "c", ROW, nonsense)
    with pytest.raises(Unreadable):
        SEALING.open(WrappedKey("case_keys", ROW, nonsense), "t", "c", ROW, SEALING.seal(a_key(), "t", "c", ROW, "x"))


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_vault_refuses_a_key_of_another_length(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        sealing_with(bytes(length) or b"\0")


def test_older_key_still_opens_and_what_is_wrapped_anew_needs_it_no_more() -> None:
    key = a_key()
    sealed = SEALING.seal(key, "t", "c", ROW, NAME)
    both = sealing_with(NEW, OLD)
    assert both.open(key, "t", "c", ROW, sealed) == NAME
    assert not both.is_newest(key)
    anew = both.rewrap(key)
    assert both.is_newest(anew)
    assert sealing_with(NEW).open(anew, "t", "c", ROW, sealed) == NAME
    with pytest.raises(Unreadable):
        SEALING.open(anew, "t", "c", ROW, sealed)


def test_key_that_another_process_began_to_use_is_found_at_once(tmp_path: Path) -> None:
    file = tmp_path / "vault_key"
    file.write_text(lines_of(OLD))
    running = sealing_with(OLD, file=file)
    assert running.is_newest(SEALING.new_key("case_keys", ROW))
    file.write_text(lines_of(NEW, OLD))
    ahead = sealing_with(NEW, OLD)
    key = ahead.new_key("case_keys", ROW)
    assert running.open(key, "t", "c", ROW, ahead.seal(key, "t", "c", ROW, NAME)) == NAME
    assert ahead.is_newest(running.new_key("case_keys", ROW))


def test_key_that_left_the_file_still_opens_what_was_read_before(tmp_path: Path) -> None:
    file = tmp_path / "vault_key"
    file.write_text(lines_of(NEW, OLD))
    running, key = sealing_with(NEW, OLD, file=file), a_key()
    sealed = SEALING.seal(key, "t", "c", ROW, NAME)
    file.write_text(lines_of(NEW))
    with pytest.raises(Unreadable):
        running.open(key._replace(wrapped=b"\x02" + bytes(60)), "t", "c", ROW, sealed)
    assert running.open(key, "t", "c", ROW, sealed) == NAME
