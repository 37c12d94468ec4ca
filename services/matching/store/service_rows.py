"""Many services into their table in one statement."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncConnection

from services.matching.store.tables import SERVICES
from shared.storage.bulk_insert import document_of, insert_document, taking_over

_PUT: Final = insert_document(
    SERVICES, taking_over(SERVICES), made={"search": ("array_to_tsvector(lexemes)", "lexemes", "text[]")}
)


async def put_services(connection: AsyncConnection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert these, or take over every column; each row has its `lexemes` besides. Their order is that of the locks."""
    await _PUT.rows(connection, document_of(rows))
