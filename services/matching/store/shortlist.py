"""Who comes first for one need, and who cannot be asked, on PostgreSQL: the rule of `domain.rules`, over a whole map.

PostgreSQL only chooses which offers are looked at; what they score and why, the rule says of them. A test holds the two
together.
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
from shared.kernel.city import City
from shared.storage.statements import Statement

_STATES: Final = ", ".join(f"'{state}'" for state in sorted(rules.TAKES_A_PLACE))
_ANSWERS: Final = " ".join(
    f"WHEN greatest(service.response_days, 1) = {days} THEN {score}" for days, score in weights.ANSWERS_WITHIN.items()
)
_OFFERS: Final = f"""
    WITH load AS (
        SELECT service_id, count(*) AS open FROM referrals WHERE state IN ({_STATES}) GROUP BY service_id
    ), offer AS (
        SELECT service.id, coalesce(load.open, 0) AS open,
               service.active AND owner.active AND service.hidden_at IS NULL AND cardinality(service.contact_ids) > 0
               AND (NOT :by_age OR coalesce(service.minimum_age, 0) <= :oldest
                                   AND :youngest <= coalesce(service.maximum_age, 200))
               AND service.organisation_id <> ALL(CAST(:never AS uuid[]))
               AND (service.capacity IS NULL OR coalesce(load.open, 0) < service.capacity)
               AND (service.full_until IS NULL OR service.full_until <= CAST(:today AS date)) AS can,
               CASE WHEN service.whole_city THEN {weights.WHOLE_CITY}
                    WHEN cardinality(service.districts) = 0 THEN {weights.UNKNOWN_DISTRICT}
                    WHEN CAST(:district AS text) IS NULL THEN 0
                    WHEN CAST(:district AS text) = ANY(service.districts) THEN {weights.IN_DISTRICT}
                    ELSE {weights.OUTSIDE_DISTRICT} END
               + CASE WHEN NOT :foreign THEN 0
                      WHEN service.languages && CAST(:tongues AS text[]) THEN {weights.SPEAKS_LANGUAGE}
                      WHEN service.interpreter THEN {weights.HAS_INTERPRETER} ELSE 0 END
               + CASE WHEN :by_age AND (service.minimum_age IS NOT NULL OR service.maximum_age IS NOT NULL)
                           AND coalesce(service.minimum_age, 0) <= :youngest
                           AND :oldest <= coalesce(service.maximum_age, 200) THEN {weights.WHOLE_AGE_BAND} ELSE 0 END
               + CAST(:answers AS int) * CASE WHEN service.response_days IS NULL THEN 0 {_ANSWERS} ELSE 0 END
               + CASE WHEN owner.has_agreement THEN {weights.HAS_AGREEMENT} ELSE 0 END
               + greatest({weights.PER_OPEN_REFERRAL} * coalesce(load.open, 0), {weights.MOST_FOR_LOAD})
               + CASE WHEN service.walk_in THEN CAST(:walk_in AS int) ELSE 0 END
               + CASE WHEN service.doubted_at IS NOT NULL
                           OR coalesce(service.verified_at, service.listed_at) <= CAST(:unconfirmed AS timestamptz)
                      THEN {weights.UNCONFIRMED} ELSE 0 END AS score
        FROM services AS service
        JOIN organisations AS owner ON owner.id = service.organisation_id
        LEFT JOIN load ON load.service_id = service.id
        WHERE service.categories @> ARRAY[CAST(:category AS text)] AND service.on_map
    )
"""  # noqa: S608 - our own codes and numbers
_SHORTLIST: Final = Statement(
    f"""
    {_OFFERS}
    (SELECT id, open, can, count(*) OVER () AS total FROM offer WHERE can
     ORDER BY score DESC,
              CAST('x' || translate(CAST(id AS text), '-', '') AS bit(128)) # CAST(CAST(:turn AS text) AS bit(128))
     LIMIT :most)
    UNION ALL
    (SELECT id, open, can, count(*) OVER () FROM offer WHERE NOT can ORDER BY id LIMIT :most)
    """  # noqa: S608 - as above
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The offers that the rule looks at with their open referrals, and how many there are in all."""

    load: Mapping[UUID, int]
    candidates: int
    passed: int


async def choose(connection: AsyncConnection, need: CaseNeed, situation: Situation, city: City, most: int) -> Chosen:
    """At most so many that can be asked, the best first, and as many that cannot."""
    rows = await _SHORTLIST.rows(connection, _asked(need, situation, city) | {"most": most})
    totals = {can: total for _, _, can, total in rows}
    return Chosen({row[0]: row[1] for row in rows}, totals.get(True, 0), totals.get(False, 0))


def _asked(need: CaseNeed, situation: Situation, city: City) -> dict[str, Any]:
    urgent = need.urgency in rules.QUICK_ANSWER_COUNTS_TWICE
    youngest, oldest = situation.ages
    return {
        "category": need.category,
        "district": situation.district,
        "by_age": rules.goes_by_age(need),
        "youngest": youngest,
        "oldest": oldest,
        "foreign": rules.speaks_another_language(situation, city),
        "tongues": rules.tongues_of(situation),
        "answers": 2 if urgent else 1,
        "walk_in": weights.WALK_IN_WHEN_URGENT if urgent else weights.WALK_IN,
        "never": list(situation.excluded | situation.asked),
        "today": situation.today,
        "unconfirmed": _unconfirmed_since(situation.today, city),
        "turn": f"{need.id.int:0128b}",
    }


def _unconfirmed_since(today: date, city: City) -> datetime | None:
    if today == date.min:
        return None
    return city.instant_of(today, time()) - timedelta(days=city.entries.doubtful_after_days)
