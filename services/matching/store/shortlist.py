"""Who comes first for one need, and who cannot be asked, on PostgreSQL: the rule of `domain.rules`, over a whole map.

PostgreSQL only chooses which offers are looked at; what they score and why, the rule says of them. A test holds the two
together. Of a large map few are read: a probe finds a score that as many as are wanted have at least, and then only
those are read whose points and place can come to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from services.matching.domain import rules, weights
from services.matching.domain.case import CaseNeed
from services.matching.domain.rules import Situation
from services.matching.store.ranking_tables import UNKNOWN, WHOLE_CITY
from services.matching.store.tables import TAKES_A_PLACE_STATES
from shared.kernel.city import City
from shared.storage.statements import Statement

_FITS_AGE: Final = "(NOT :by_age OR (offer.youngest <= :oldest AND :youngest <= offer.oldest))"
_CAN: Final = f"""
    offer.category = :category AND offer.askable AND {_FITS_AGE}
    AND offer.organisation_id <> ALL(CAST(:never AS uuid[]))
    AND (offer.full_until IS NULL OR offer.full_until <= CAST(:today AS date))
"""
_HAS_PLACE: Final = "(offer.capacity IS NULL OR load.open < offer.capacity)"
_LOAD: Final = f"""
    CROSS JOIN LATERAL (
        SELECT CAST(count(*) AS int) AS open FROM referrals
        WHERE referrals.service_id = offer.service_id AND referrals.state IN ({TAKES_A_PLACE_STATES})
    ) AS load
"""  # noqa: S608 - our own codes
_FOR_LOAD: Final = f"greatest({weights.PER_OPEN_REFERRAL} * load.open, {weights.MOST_FOR_LOAD})"


def _score(points: str) -> str:
    """All but what open referrals take away."""
    return f"""
        spot.points + offer.{points}
        + CASE WHEN NOT :foreign THEN 0
               WHEN offer.languages && CAST(:tongues AS text[]) THEN {weights.SPEAKS_LANGUAGE}
               WHEN offer.interpreter THEN {weights.HAS_INTERPRETER} ELSE 0 END
        + CASE WHEN :by_age AND offer.says_ages AND offer.youngest <= :youngest AND :oldest <= offer.oldest
               THEN {weights.WHOLE_AGE_BAND} ELSE 0 END
        + CASE WHEN NOT offer.doubted AND offer.confirmed_at <= CAST(:unconfirmed AS timestamptz)
               THEN {weights.UNCONFIRMED} ELSE 0 END
    """


def _probe(points: str) -> str:
    """Of those with the most points the best by their score."""
    return f"""
        SELECT offer.service_id, offer.capacity, max(offer.score) AS score FROM (
            SELECT offer.* FROM (SELECT * FROM spot ORDER BY points DESC) AS spot
            CROSS JOIN LATERAL (
                SELECT offer.service_id, offer.capacity, {_score(points)} AS score FROM ranked_offers AS offer
                WHERE {_CAN} AND offer.place = spot.place ORDER BY offer.{points} DESC LIMIT 4 * CAST(:upto AS int)
            ) AS offer
            LIMIT 8 * CAST(:upto AS int)
        ) AS offer GROUP BY offer.service_id, offer.capacity ORDER BY score DESC LIMIT 2 * CAST(:upto AS int)
    """  # noqa: S608 - our own names and numbers


def _best(points: str) -> str:
    """The best by these points; a service that is there for several districts counts where it scores most."""
    return f"""
        spot AS MATERIALIZED (
            SELECT * FROM unnest(CAST(:places AS text[]), CAST(:of_places AS int[])) AS spot (place, points)
        ), probe AS ({_probe(points)}), bound AS MATERIALIZED (
            SELECT coalesce((
                SELECT offer.score + {_FOR_LOAD} AS least FROM probe AS offer {_LOAD} WHERE {_HAS_PLACE}
                ORDER BY least DESC LIMIT 1 OFFSET CAST(:upto AS int) - 1
            ), -1000) AS least
        ), found AS (
            SELECT offer.service_id, offer.capacity, max(offer.score) AS score
            FROM bound CROSS JOIN spot CROSS JOIN LATERAL (
                SELECT offer.service_id, offer.capacity, {_score(points)} AS score FROM ranked_offers AS offer
                WHERE {_CAN} AND offer.place = spot.place
                      AND offer.{points} >= bound.least - spot.points - CAST(:most_more AS int)
            ) AS offer
            WHERE offer.score >= bound.least GROUP BY offer.service_id, offer.capacity
        ), best AS MATERIALIZED (
            SELECT offer.service_id, load.open FROM found AS offer {_LOAD} WHERE {_HAS_PLACE}
            ORDER BY offer.score + {_FOR_LOAD} DESC, sha256(CAST(:need AS bytea) || uuid_send(offer.service_id))
            LIMIT CAST(:upto AS int) - CAST(:skip AS int) OFFSET CAST(:skip AS int)
        )
    """  # noqa: S608 - our own names and numbers


_PASSED: Final = f"""
    age AS MATERIALIZED (
        SELECT askable, youngest, oldest, number, askable AND {_FITS_AGE} AS can
        FROM ranked_counts AS offer WHERE category = :category AND number > 0
    ), load AS (
        SELECT service_id, count(*) AS open FROM referrals WHERE state IN ({TAKES_A_PLACE_STATES}) GROUP BY service_id
    ), out AS MATERIALIZED (
        SELECT service_id FROM ranked_offers AS offer
        WHERE organisation_id = ANY(CAST(:never AS uuid[])) AND category = :category
              AND counts AND askable AND {_FITS_AGE}
        UNION
        SELECT service_id FROM ranked_offers AS offer LEFT JOIN load USING (service_id)
        WHERE category = :category AND counts AND askable AND {_FITS_AGE}
              AND (capacity IS NOT NULL OR full_until IS NOT NULL)
              AND (capacity <= coalesce(load.open, 0) OR full_until > CAST(:today AS date))
    ), first AS (
        SELECT offer.service_id FROM age CROSS JOIN LATERAL (
            SELECT service_id FROM ranked_offers AS one
            WHERE category = :category AND counts AND one.askable = age.askable
                  AND one.youngest = age.youngest AND one.oldest = age.oldest
            ORDER BY service_id LIMIT CAST(:most AS int)
        ) AS offer WHERE NOT age.can
        UNION ALL SELECT service_id FROM out
        ORDER BY service_id LIMIT CAST(:most AS int)
    ), passed AS MATERIALIZED (SELECT offer.service_id, load.open FROM first AS offer {_LOAD})
"""  # noqa: S608 - as above


def _choosing(points: str) -> Statement:
    """Both in one round trip: the best come first, in their order."""
    return Statement(
        f"""
        WITH {_best(points)}, {_PASSED}
        SELECT (SELECT coalesce(sum(number), 0) FROM age) AS total,
               (SELECT coalesce(sum(number), 0) FROM age WHERE can) - (SELECT count(*) FROM out) AS candidates,
               ARRAY(SELECT service_id FROM best) || ARRAY(SELECT service_id FROM passed) AS offers,
               ARRAY(SELECT open FROM best) || ARRAY(SELECT open FROM passed) AS loads
        """  # noqa: S608 - as above
    )


_CALM, _URGENT = _choosing("points"), _choosing("points_urgent")


@dataclass(frozen=True, slots=True)
class Chosen:
    """The offers that the rule looks at with their open referrals, and how many there are in all."""

    load: Mapping[UUID, int]
    candidates: int
    passed: int


async def choose(
    connection: AsyncConnection, need: CaseNeed, situation: Situation, city: City, most: int, skip: int = 0
) -> Chosen:
    """At most so many that can be asked, the best first, without the very best `skip`; and as many that cannot."""
    choosing = _URGENT if need.urgency in rules.QUICK_ANSWER_COUNTS_TWICE else _CALM
    asked = _asked(need, situation, city) | {"upto": skip + most, "skip": skip, "most": most}
    ((total, candidates, offers, loads),) = await choosing.rows(connection, asked)
    return Chosen(dict(zip(offers, loads, strict=True)), int(candidates), int(total - candidates))


def _asked(need: CaseNeed, situation: Situation, city: City) -> dict[str, Any]:
    youngest, oldest = situation.ages
    foreign, by_age = rules.speaks_another_language(situation, city), rules.goes_by_age(need)
    places = _points_of_places(situation.district, city)
    return {
        "category": need.category,
        "places": list(places),
        "of_places": list(places.values()),
        "by_age": by_age,
        "youngest": youngest,
        "oldest": oldest,
        "foreign": foreign,
        "tongues": rules.tongues_of(situation),
        "never": list(situation.excluded | situation.asked),
        "today": situation.today,
        "unconfirmed": _unconfirmed_since(situation.today, city),
        "most_more": (weights.SPEAKS_LANGUAGE if foreign else 0) + (weights.WHOLE_AGE_BAND if by_age else 0),
        "need": need.id.bytes,
    }


def _points_of_places(district: str | None, city: City) -> dict[str, int]:
    elsewhere = 0 if district is None else weights.OUTSIDE_DISTRICT
    places = {WHOLE_CITY: weights.WHOLE_CITY, UNKNOWN: weights.UNKNOWN_DISTRICT}
    places |= dict.fromkeys(city.districts, elsewhere)
    return places if district is None else places | {district: weights.IN_DISTRICT}


def _unconfirmed_since(today: date, city: City) -> datetime | None:
    if today == date.min:
        return None
    return city.instant_of(today, time()) - timedelta(days=city.entries.doubtful_after_days)
