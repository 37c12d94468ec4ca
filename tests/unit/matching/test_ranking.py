"""Who is asked first, and why: in words, and not for sale."""

from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import Any
from uuid import UUID

import pytest

from services.matching.domain.case import CaseNeed
from services.matching.domain.network import Service
from services.matching.domain.ranking import Offer, Ranking
from services.matching.domain.rules import Situation, rank
from shared.events.base import AgeBand, Urgency
from shared.kernel.city import City
from tests.parts.city import a_city
from tests.unit.matching.city import named, need, organisation, service

SCHIEWIJK = a_city()
SITUATION = Situation(district="oost", age_band=AgeBand.CHILD, language="ar", interpreter_needed=True)


def ranked(
    *services: Service,
    situation: Situation = SITUATION,
    urgency: Urgency = Urgency.NORMAL,
    load: Mapping[UUID, int] | None = None,
    city: City = SCHIEWIJK,
) -> Ranking:
    offers = [Offer(item, organisation("partner", id=item.organisation_id)) for item in services]
    return rank(CaseNeed.of(need(urgency=urgency)), situation, offers, load or {}, city)


def order(ranking: Ranking) -> list[str]:
    return [candidate.service.name.removeprefix("Aanbod van ") for candidate in ranking.candidates]


def test_rank_explains_itself_in_plain_dutch() -> None:
    ranking = ranked(service("a", districts=("oost",), languages=("ar",), response_days=2))

    assert ranking.candidates[0].reasons == (
        "Werkt in Oost",
        "Spreekt Arabisch",
        "Antwoordt meestal binnen 2 dagen",
        "Heeft nu geen andere open vragen",
    )


@pytest.mark.parametrize(
    ("language", "reason"),
    [
        ("ar", "Spreekt geen Arabisch; een tolk is nodig"),
        ("ja", "Spreekt de taal van het gezin niet; een tolk is nodig"),
    ],
)
def test_rank_says_that_an_interpreter_is_needed_without_a_bare_code(language: str, reason: str) -> None:
    [candidate] = ranked(service("a"), situation=replace(SITUATION, language=language)).candidates

    assert reason in candidate.reasons


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"districts": ("oost",)}, {"whole_city": True}),
        ({"whole_city": True}, {"whole_city": False}),
        ({"whole_city": False}, {"districts": ("kethel",)}),
        ({"minimum_age": 0}, {"minimum_age": None}),
        ({"languages": ("ar",)}, {"interpreter": True}),
        ({"interpreter": True}, {}),
        ({"response_days": 1}, {"response_days": 5}),
        ({"minimum_age": 4, "maximum_age": 12}, {"minimum_age": 10, "maximum_age": 18}),
        ({"walk_in": True}, {}),
    ],
)
def test_rank_prefers_what_fits_the_family(better: dict[str, Any], worse: dict[str, Any]) -> None:
    assert order(ranked(service("worse", **worse), service("better", **better))) == [
        "better",
        "worse",
    ]


def test_rank_prefers_a_partner_with_an_agreement() -> None:
    offers = [
        Offer(service("without"), organisation("without")),
        Offer(service("with"), organisation("with", has_agreement=True)),
    ]

    ranking = rank(CaseNeed.of(need()), SITUATION, offers, {}, SCHIEWIJK)

    assert order(ranking) == ["with", "without"]
    assert "Heeft een samenwerkingsafspraak" in ranking.candidates[0].reasons


def test_rank_prefers_a_partner_with_fewer_open_referrals() -> None:
    busy, free = service("busy"), service("free")

    ranking = ranked(busy, free, load={busy.id: 3})

    assert order(ranking) == ["free", "busy"]
    assert "Heeft nu 3 open vragen" in ranking.candidates[1].reasons


def test_rank_lets_a_quick_answer_count_twice_when_it_is_urgent() -> None:
    near, quick = service("near", districts=("oost",), response_days=3), service("quick", response_days=1)

    assert order(ranked(near, quick, urgency=Urgency.NORMAL)) == ["near", "quick"]
    assert order(ranked(near, quick, urgency=Urgency.TODAY)) == ["quick", "near"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"active": False}, "Doet nu niet mee"),
        ({"contact_ids": ()}, "Heeft nog geen contactpersoon"),
        ({"minimum_age": 12, "maximum_age": 18}, "Is voor 12 tot en met 18 jaar"),
        ({"minimum_age": 16}, "Is voor 16 jaar en ouder"),
        ({"maximum_age": 4}, "Is voor kinderen tot en met 4 jaar"),
        ({"capacity": 0}, "Heeft nu geen plek"),
        ({"organisation_id": named("unwanted")}, "Het gezin wil deze organisatie liever niet"),
        ({"organisation_id": named("asked before")}, "Is al gevraagd voor deze hulpvraag"),
    ],
)
def test_rank_says_why_a_service_is_not_asked(changes: dict[str, Any], reason: str) -> None:
    situation = replace(SITUATION, excluded={named("unwanted")}, asked={named("asked before")})

    ranking = ranked(replace(service("a"), **changes), situation=situation)

    assert ranking.candidates == ()
    assert [item.reason for item in ranking.passed] == [reason]


def test_rank_counts_open_referrals_against_capacity() -> None:
    full = service("full", capacity=2)

    assert order(ranked(full, load={full.id: 1})) == ["full"]
    assert order(ranked(full, load={full.id: 2})) == []


def test_rank_leaves_services_for_other_needs_out() -> None:
    ranking = ranked(service("a", categories=("food",)))

    assert (ranking.candidates, ranking.passed) == ((), ())


def test_rank_does_not_depend_on_the_order_of_the_map() -> None:
    services = [service(f"partner {number}") for number in range(20)]
    shuffled = Random(3).sample(services, len(services))

    assert order(ranked(*services)) == order(ranked(*shuffled))


def test_rank_gives_equal_partners_equal_chances_over_many_needs() -> None:
    offers = [Offer(service(name), organisation(name)) for name in ("a", "b")]

    firsts = [
        rank(CaseNeed.of(need(name=str(number))), SITUATION, offers, {}, SCHIEWIJK).candidates[0].service.name
        for number in range(60)
    ]

    assert 15 <= firsts.count("Aanbod van a") <= 45
