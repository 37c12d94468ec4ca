"""Worked examples of the ranking: what each thing that is looked at weighs, one by one and together."""

from dataclasses import replace
from typing import Any

import pytest

from services.matching.domain.case import CaseNeed
from services.matching.domain.ranking import Candidate, Offer
from services.matching.domain.rules import Situation, rank
from shared.events.base import AgeBand, Urgency
from tests.parts.city import a_city
from tests.unit.matching.city import need, organisation, service

FAMILY = Situation(district="oost", age_band=AgeBand.CHILD, language="ar", interpreter_needed=True)
# The plainest service: for one age group only, in another part of the city, without the family's language or a promise.
PLAIN: dict[str, Any] = {"districts": ("kethel",), "minimum_age": 10, "maximum_age": 18}
PLAIN_SCORE = -40
NORMAL, SOON, TODAY = Urgency.NORMAL, Urgency.SOON, Urgency.TODAY


def candidate(
    changes: dict[str, Any], *, urgency: Urgency = NORMAL, open_referrals: int = 0, has_agreement: bool = False
) -> Candidate:
    offered = service("partner", **changes)
    offer = Offer(offered, organisation("partner", has_agreement=has_agreement))
    ranking = rank(CaseNeed.of(need(urgency=urgency)), FAMILY, [offer], {offered.id: open_referrals}, a_city())
    return ranking.candidates[0]


@pytest.mark.parametrize(
    ("changes", "urgency", "weight"),
    [
        # Where it works.
        ({"districts": ("kethel",)}, NORMAL, 0),
        ({"districts": ("oost", "kethel")}, NORMAL, 80),
        ({"districts": (), "whole_city": True}, NORMAL, 65),
        ({"districts": (), "whole_city": False}, NORMAL, 20),
        # Whether it speaks with the family; speaking its language itself is better than with an interpreter.
        ({"languages": ("ar",)}, NORMAL, 30),
        ({"interpreter": True}, NORMAL, 20),
        ({"languages": ("ar",), "interpreter": True}, NORMAL, 30),
        ({"languages": ("pl",)}, NORMAL, 0),
        # Whether it is there for every age of the band.
        ({"minimum_age": 4, "maximum_age": 12}, NORMAL, 10),
        ({"minimum_age": 0, "maximum_age": None}, NORMAL, 10),
        ({"minimum_age": None, "maximum_age": None}, NORMAL, 0),
        # How soon it promises an answer, which counts twice when it is urgent.
        ({"response_days": 0}, NORMAL, 15),
        ({"response_days": 1}, NORMAL, 15),
        ({"response_days": 2}, NORMAL, 10),
        ({"response_days": 3}, NORMAL, 5),
        ({"response_days": 4}, NORMAL, 0),
        ({"response_days": 1}, SOON, 30),
        ({"response_days": 2}, SOON, 20),
        ({"response_days": 3}, SOON, 10),
        ({"response_days": 1}, TODAY, 30),
        ({"response_days": 2}, TODAY, 20),
        ({"response_days": 3}, TODAY, 10),
        # Whether one may walk in, which counts more when it is urgent.
        ({"walk_in": True}, NORMAL, 3),
        ({"walk_in": True}, SOON, 12),
        ({"walk_in": True}, TODAY, 12),
    ],
)
def test_each_thing_weighs_what_it_should(changes: dict[str, Any], urgency: Urgency, weight: int) -> None:
    assert candidate(PLAIN | changes, urgency=urgency).score == PLAIN_SCORE + weight


@pytest.mark.parametrize(
    ("open_referrals", "weight"), [(0, 0), (1, -4), (2, -8), (5, -20), (6, -24), (7, -24), (60, -24)]
)
def test_each_open_question_weighs_a_little_and_many_weigh_no_more_than_six(open_referrals: int, weight: int) -> None:
    assert candidate(PLAIN, open_referrals=open_referrals).score == PLAIN_SCORE + weight


def test_agreement_weighs_what_it_should() -> None:
    assert candidate(PLAIN, has_agreement=True).score == PLAIN_SCORE + 10


def test_family_that_speaks_dutch_finds_no_weight_in_languages() -> None:
    dutch = replace(FAMILY, language="nl", interpreter_needed=False)
    offers = [Offer(service(name, languages=languages), organisation(name)) for name, languages in (
        ("arabic", ("ar",)), ("dutch", ("nl",)),
    )]  # fmt: skip
    ranking = rank(CaseNeed.of(need()), dutch, offers, {}, a_city())

    assert len({one.score for one in ranking.candidates}) == 1


def test_everything_together_adds_up() -> None:
    best = candidate(
        {"districts": ("oost",), "languages": ("ar",), "response_days": 2, "walk_in": True},
        urgency=TODAY, open_referrals=2, has_agreement=True,
    )  # fmt: skip

    assert best.score == 40 + 30 + 10 + 2 * 10 + 10 - 2 * 4 + 12
    assert best.reasons == (
        "Werkt in Oost",
        "Spreekt Arabisch",
        "Antwoordt meestal binnen 2 dagen",
        "Heeft een samenwerkingsafspraak",
        "Heeft nu 2 open vragen",
        "Heeft een inloop",
    )


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"response_days": 1}, {"response_days": 2}),
        ({"response_days": 2}, {"response_days": 3}),
        ({"response_days": 3}, {"response_days": 4}),
        ({"response_days": 2}, {}),
        ({"response_days": 2}, {"walk_in": True}),
    ],
)
def test_partner_that_answers_sooner_is_asked_first(better: dict[str, Any], worse: dict[str, Any]) -> None:
    offers = [
        Offer(service("worse", **worse), organisation("worse")),
        Offer(service("better", **better), organisation("better")),
    ]
    ranking = rank(CaseNeed.of(need()), FAMILY, offers, {}, a_city())

    assert [one.service.name for one in ranking.candidates] == ["Aanbod van better", "Aanbod van worse"]
