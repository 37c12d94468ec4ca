"""The tables that a ranking reads: what stands there follows from services and their organisations, in one place."""

from collections.abc import Collection
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from services.matching.domain import weights
from services.matching.domain.network import OLDEST
from services.matching.store.ranking_tables import UNKNOWN, WHOLE_CITY
from services.matching.store.tables import RANKED_OFFERS
from shared.storage.statements import Statement

_KEY: Final = ("service_id", "category", "place")
_COLUMNS: Final = tuple(RANKED_OFFERS.columns.keys())
_ALL: Final = ", ".join(_COLUMNS)
_ANSWERS: Final = " ".join(
    f"WHEN greatest(service.response_days, 1) = {days} THEN {score}" for days, score in weights.ANSWERS_WITHIN.items()
)


def _points(answers: int, walk_in: int) -> str:
    return f"""
        {answers} * CASE WHEN service.response_days IS NULL THEN 0 {_ANSWERS} ELSE 0 END
        + CASE WHEN service.walk_in THEN {walk_in} ELSE 0 END
        + CASE WHEN owner.has_agreement THEN {weights.HAS_AGREEMENT} ELSE 0 END
        + CASE WHEN service.doubted_at IS NOT NULL THEN {weights.UNCONFIRMED} ELSE 0 END
    """


_WANTED: Final = f"""
    SELECT service.id AS service_id, said.category, spot.place, service.organisation_id, spot.counts,
           service.active AND owner.active AND service.hidden_at IS NULL AND cardinality(service.contact_ids) > 0
               AS askable,
           CAST({_points(1, weights.WALK_IN)} AS smallint) AS points,
           CAST({_points(2, weights.WALK_IN_WHEN_URGENT)} AS smallint) AS points_urgent,
           coalesce(service.minimum_age, CAST(0 AS smallint)) AS youngest,
           coalesce(service.maximum_age, CAST({OLDEST} AS smallint)) AS oldest,
           service.minimum_age IS NOT NULL OR service.maximum_age IS NOT NULL AS says_ages,
           service.languages, service.interpreter, service.doubted_at IS NOT NULL AS doubted,
           coalesce(service.verified_at, service.listed_at) AS confirmed_at, service.capacity, service.full_until
    FROM services AS service
    JOIN organisations AS owner ON owner.id = service.organisation_id
    CROSS JOIN LATERAL (SELECT DISTINCT unnest(service.categories)) AS said(category)
    CROSS JOIN LATERAL (
        SELECT place, min(number) = 1 AS counts
        FROM unnest(CASE WHEN service.whole_city THEN ARRAY['{WHOLE_CITY}']
                         WHEN cardinality(service.districts) = 0 THEN ARRAY['{UNKNOWN}']
                         ELSE service.districts END) WITH ORDINALITY AS one(place, number)
        GROUP BY place
    ) AS spot
    WHERE service.id = ANY(CAST(:ids AS uuid[])) AND service.on_map
"""  # noqa: S608 - our own numbers
_SAME: Final = " AND ".join(f"ranked_offers.{name} = other.{name}" for name in _KEY)
# What did not change is not written, and counts of it are not locked.
_RENEW: Final = Statement(
    f"""
    WITH wanted AS MATERIALIZED ({_WANTED}),
    known AS MATERIALIZED (SELECT {_ALL} FROM ranked_offers WHERE service_id = ANY(CAST(:ids AS uuid[]))),
    gone AS (
        DELETE FROM ranked_offers USING (
            SELECT {", ".join(_KEY)} FROM known EXCEPT SELECT {", ".join(_KEY)} FROM wanted
        ) AS other WHERE {_SAME}
    ), put AS (
        INSERT INTO ranked_offers ({_ALL}) SELECT {_ALL} FROM wanted EXCEPT SELECT {_ALL} FROM known
        ON CONFLICT ({", ".join(_KEY)}) DO UPDATE
        SET {", ".join(f"{name} = excluded.{name}" for name in _COLUMNS if name not in _KEY)}
    )
    INSERT INTO ranked_counts (category, askable, youngest, oldest, number)
    SELECT category, askable, youngest, oldest, sum(more) FROM (
        SELECT category, askable, youngest, oldest, 1 AS more FROM wanted WHERE counts
        UNION ALL SELECT category, askable, youngest, oldest, -1 FROM known WHERE counts
    ) AS change
    GROUP BY category, askable, youngest, oldest HAVING sum(more) <> 0
    ORDER BY category, askable, youngest, oldest
    ON CONFLICT (category, askable, youngest, oldest) DO UPDATE SET number = ranked_counts.number + excluded.number
    """  # noqa: S608 - our own names
)
_HOLD_OWNERS: Final = Statement(
    """
    SELECT id FROM organisations
    WHERE id IN (SELECT organisation_id FROM services WHERE id = ANY(CAST(:ids AS uuid[])))
    ORDER BY id FOR SHARE
    """
)
_OF_OWNERS: Final = Statement("SELECT id FROM services WHERE organisation_id = ANY(CAST(:ids AS uuid[]))")


class RankedOffers:
    """The tables `ranked_offers` and `ranked_counts`, on a connection whose transaction wrote what they follow from."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def renew(self, service_ids: Collection[UUID]) -> None:
        """These services were written. Their owners do not change until this transaction ends."""
        given = {"ids": list(service_ids)}
        await _HOLD_OWNERS.rows(self._connection, given)
        await _RENEW.rows(self._connection, given)

    async def renew_of(self, organisation_ids: Collection[UUID]) -> None:
        """These organisations were written, so that nobody else writes one of theirs until this transaction ends."""
        theirs = [row[0] for row in await _OF_OWNERS.rows(self._connection, {"ids": list(organisation_ids)})]
        if theirs:
            await _RENEW.rows(self._connection, {"ids": theirs})
