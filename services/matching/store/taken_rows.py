"""What a file said of an offer when it was last taken over, on PostgreSQL."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from shared.messaging.postgres_unit import UnitContext
from shared.storage.statements import Statement

_ASKED: Final = "unnest(CAST(:ids AS uuid[]), CAST(:digests AS text[])) AS asked (id, digest)"
# Versions only rise, so that one who changed, and one more or less, is another sum.
_PEOPLE: Final = """
    (SELECT coalesce(sum(people.version + 1), 0) FROM people
     WHERE people.active AND people.id = ANY(services.contact_ids))
"""
_UNCHANGED: Final = Statement(
    f"""
    SELECT taken.id FROM {_ASKED}
    JOIN taken_rows AS taken ON taken.id = asked.id AND taken.digest = asked.digest
    JOIN services ON services.id = taken.id AND services.version = taken.version
    WHERE taken.people = {_PEOPLE}
    """  # noqa: S608 - our own words
)
_REMEMBER: Final = Statement(
    f"""
    INSERT INTO taken_rows (id, digest, version, people)
    SELECT services.id, asked.digest, services.version, {_PEOPLE}
    FROM {_ASKED} JOIN services ON services.id = asked.id ORDER BY services.id
    ON CONFLICT (id) DO UPDATE
    SET digest = excluded.digest, version = excluded.version, people = excluded.people
    """  # noqa: S608 - our own words
)


class PostgresTakenRows:
    """The table `taken_rows`."""

    def __init__(self, context: UnitContext) -> None:
        self._connection = context.connection

    async def find_unchanged(self, digests: Mapping[UUID, str]) -> set[UUID]:
        return {row[0] for row in await _UNCHANGED.rows(self._connection, _columns(digests))}

    async def remember(self, digests: Mapping[UUID, str]) -> None:
        await _REMEMBER.rows(self._connection, _columns(digests))


def _columns(digests: Mapping[UUID, str]) -> dict[str, object]:
    return {"ids": list(digests), "digests": list(digests.values())}
