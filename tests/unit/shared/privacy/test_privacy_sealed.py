"""Sealed values open only where they belong, and never without their case's key."""

import os
from uuid import UUID

import pytest

from shared.privacy.sealed import Sealing, Unreadable

SEALING = Sealing(bytes(range(32)))
ROW, OTHER_ROW = UUID(int=1), UUID(int=2)
NAME = "Zoë Voorbeeld-ÇelikЖ 👧"


def test_sealed_value_opens_in_its_own_place() -> None:
    key = SEALING.new_case_key()
    sealed = SEALING.seal(key, "children", "first_name", ROW, NAME)
    assert NAME.encode() not in sealed
    assert SEALING.open(key, "children", "first_name", ROW, sealed) == NAME


@pytest.mark.parametrize(
    ("table", "column", "row"),
    [("families", "first_name", ROW), ("children", "last_name", ROW), ("children", "first_name", OTHER_ROW)],
)
def test_sealed_value_does_not_open_elsewhere(table: str, column: str, row: UUID) -> None:
    key = SEALING.new_case_key()
    sealed = SEALING.seal(key, "children", "first_name", ROW, NAME)
    with pytest.raises(Unreadable):
        SEALING.open(key, table, column, row, sealed)


def test_same_value_is_sealed_differently_each_time() -> None:
    key = SEALING.new_case_key()
    assert len({SEALING.seal(key, "t", "c", ROW, NAME) for _ in range(20)}) == 20


def test_sealed_value_does_not_open_with_another_case_key() -> None:
    sealed = SEALING.seal(SEALING.new_case_key(), "t", "c", ROW, NAME)
    with pytest.raises(Unreadable):
        SEALING.open(SEALING.new_case_key(), "t", "c", ROW, sealed)


def test_case_key_does_not_open_in_another_environment() -> None:
    key = SEALING.new_case_key()
    sealed = SEALING.seal(key, "t", "c", ROW, NAME)
    with pytest.raises(Unreadable):
        Sealing(os.urandom(32)).open(key, "t", "c", ROW, sealed)


def test_any_changed_bit_is_noticed() -> None:
    key = SEALING.new_case_key()
    sealed = SEALING.seal(key, "t", "c", ROW, "x")
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(Unreadable):
            SEALING.open(key, "t", "c", ROW, bytes(changed))


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" + bytes(27), b"\x02" + bytes(60)])
def test_nonsense_does_not_open(sealed: bytes) -> None:
    with pytest.raises(Unreadable):
        SEALING.open(SEALING.new_case_key(), "t", "c", ROW, sealed)
    with pytest.raises(Unreadable):
        SEALING.open(sealed, "t", "c", ROW, SEALING.seal(SEALING.new_case_key(), "t", "c", ROW, "x"))


def test_erased_case_cannot_be_read_by_whoever_keeps_a_copy() -> None:
    """A backup holds the sealed value; the case's key is gone; the environment's key alone does not open it."""
    copy_in_backup = SEALING.seal(SEALING.new_case_key(), "t", "c", ROW, NAME)
    with pytest.raises(Unreadable):
        SEALING.open(copy_in_backup, "t", "c", ROW, copy_in_backup)


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_vault_refuses_a_key_of_another_length(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Sealing(bytes(length))
