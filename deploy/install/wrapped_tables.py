"""Which tables hold wrapped keys: found by their columns, so that a new one is never forgotten."""

from dataclasses import dataclass

from shared.privacy.sealed import KEY_ID_BYTES, WRAPPED
from shared.storage.columns import WRAPPED_KEY
from shared.storage.stored_codes import tables_of


@dataclass(frozen=True, slots=True)
class WrappedTable:
    """A table whose rows each hold one wrapped key, bound to the row's id."""

    name: str
    id_column: str
    column: str

    @property
    def key_id(self) -> str:
        """In SQL: which wrapping key a row's key was made with."""
        return f"substring({self.column} FROM {len(WRAPPED) + 1} FOR {KEY_ID_BYTES})"


def wrapped_tables(service: str) -> list[WrappedTable]:
    """Those of this service; none for most."""
    return [
        WrappedTable(table.name, next(iter(table.primary_key.columns)).name, column.name)
        for table in tables_of(service).sorted_tables
        for column in table.columns
        if WRAPPED_KEY in column.info
    ]
