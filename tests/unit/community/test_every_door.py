"""Nobody at the limit is asked by any door of any service, but by the desk with a reason."""

from random import Random
from uuid import UUID, uuid4

import pytest

from services.community.handlers.expertise import ask_expert, join_experts
from services.community.handlers.hosting import ask_hosts, join_hosts
from services.intake.commands import AgreeFollowUps, HandOver, HandOverAll, PassOnWorry, RaiseSignal
from services.intake.domain.handover_errors import HasEnoughToDo, SayWhyAllTheSame
from services.intake.domain.rules import Viewer
from services.intake.handlers.course import agree_follow_ups
from services.intake.handlers.handing_over import hand_over, hand_over_all
from services.intake.handlers.signals import forward_signal, pass_on_worry, raise_signal
from services.intake.subscriptions import SUBSCRIPTIONS as OF_INTAKE
from services.matching.handlers.cases import propose_partners
from services.matching.subscriptions import SUBSCRIPTIONS as OF_MATCHING
from shared.events.base import Event, Role
from shared.events.care import LoadLimitLifted, LoadLimitReached, OverLimitReason
from shared.events.case_codes import FollowUpRhythm
from shared.events.community import HostTurnProposed
from shared.events.early_signals import EarlySignalRaised
from shared.events.intake import AmbassadorReplaced, FollowUpsAgreed
from shared.events.matching import PartnerActivated
from shared.events.programme import ExpertAsked
from shared.kernel.errors import Invalid, Refusal
from shared.messaging.subscriptions import by_event
from tests.parts.people import member
from tests.unit.community.test_load import full, has, wants
from tests.unit.community.world import Community, an_id, announced
from tests.unit.intake.builders import COLLEAGUE, COORDINATOR, ROOS, SCHOOL, TRUSTED, said
from tests.unit.intake.pages import Pages, pages_in
from tests.unit.matching.city import World, assessed, named

PARTNERS = ("fietsbende", "rijwielhulp", "trapkracht")
CONTACTS = [named(f"contact of {one}") for one in PARTNERS]
PEOPLE = [COLLEAGUE.person_id, *CONTACTS]


async def join_all(community: Community) -> None:
    """Everybody wants to be asked to host and to tell."""
    async with community.units.begin() as unit:
        for person in PEOPLE:
            await unit.members.save(member(person, an_id(f"of {person}"), Role.PARTNER))
            await join_hosts(person, an_id(f"of {person}"), unit, None)
            await join_experts(person, unit, None)


async def told(community: Community, pages: Pages, world: World) -> None:
    """What community says of limits, intake and matching hear."""
    limits = [one for one in community.published() if isinstance(one, LoadLimitReached | LoadLimitLifted)]
    for event in limits:
        async with pages.units.begin() as intake:
            await by_event(OF_INTAKE)[type(event)](event, intake)
        async with world.units.begin() as matching:
            await by_event(OF_MATCHING)[type(event)](event, matching)


async def asked_by_intake(pages: Pages, reason: OverLimitReason | None = None) -> None:
    """Every door through which somebody else of intake is chosen."""
    to, case = (COLLEAGUE.person_id, SCHOOL), pages.case_id
    signal = uuid4()
    async with pages.units.begin() as unit:
        await raise_signal(RaiseSignal(signal_id=signal, worries=("too-little-food",)), unit, ROOS)
    doors = (
        lambda unit: agree_follow_ups(AgreeFollowUps(case, FollowUpRhythm.CITY_PLAN, to[0]), unit, ROOS),
        lambda unit: pass_on_worry(PassOnWorry(signal_id=uuid4(), ambassador_id=to[0], organisation_id=to[1],
                                               worries=("too-little-food",)), unit, TRUSTED),
        lambda unit: forward_signal(signal, *to, unit, ROOS),
        lambda unit: hand_over(HandOver(case, *to, over_limit=reason), unit, ROOS),
        lambda unit: hand_over_all(HandOverAll(previous_id=ROOS.person_id, ambassador_id=to[0], organisation_id=to[1],
                                               cases=(case,), over_limit=reason), unit, COORDINATOR),
    )  # fmt: skip
    for door in doors:
        try:
            async with pages.units.begin() as unit:
                await door(unit)
        except Refusal:
            continue


def asked_in(events: list[Event]) -> set[UUID]:
    """Everybody of whom something new was asked."""
    found: set[UUID | None] = set()
    for one in events:
        match one:
            case AmbassadorReplaced() | EarlySignalRaised():
                found.add(one.ambassador_id)
            case FollowUpsAgreed():
                found.add(one.second_reader_id)
            case PartnerActivated():
                found.add(one.contact_id)
            case HostTurnProposed() | ExpertAsked():
                found.add(one.person_id)
            case _:
                continue
    return {one for one in found if one is not None} - {ROOS.person_id}


@pytest.mark.parametrize("seed", range(8))
async def test_nobody_at_the_limit_is_asked_by_any_door(seed: int) -> None:
    random, community, pages = Random(seed), Community(), await pages_in()
    world = await World().with_partners(*PARTNERS, categories=("bike",))
    for person in PEOPLE:
        await wants(community, random.randint(1, 9), person=person)
        await has(community, random.randint(0, 6), person=person)
    await join_all(community)
    at_limit = set(await full(community))
    await told(community, pages, world)

    gathering = await announced(community.units)
    async with community.units.begin() as unit:
        await ask_hosts(gathering, unit)
    try:
        async with community.units.begin() as unit:
            await ask_expert(gathering, "een bon", unit)
    except Refusal:
        assert at_limit >= set(PEOPLE)
    await asked_by_intake(pages)
    async with world.units.begin() as unit:
        await propose_partners(assessed(), unit)

    asked = asked_in([*community.published(), *said(pages.units), *world.published(PartnerActivated)])
    assert not asked & at_limit
    assert (COLLEAGUE.person_id in asked) == (COLLEAGUE.person_id not in at_limit)
    assert bool(asked & set(CONTACTS)) == bool(set(CONTACTS) - at_limit)


@pytest.mark.parametrize("viewer", [ROOS, COORDINATOR])
async def test_only_the_desk_asks_all_the_same_and_says_why(viewer: Viewer) -> None:
    pages, reason = await pages_in(), OverLimitReason.SPEAKS_LANGUAGE
    async with pages.units.begin() as unit:
        await unit.limits.reach(COLLEAGUE.person_id)
    command = HandOver(pages.case_id, COLLEAGUE.person_id, SCHOOL)
    refusal: type[Invalid] = SayWhyAllTheSame if viewer is COORDINATOR else HasEnoughToDo
    with pytest.raises(refusal):
        async with pages.units.begin() as unit:
            await hand_over(command, unit, viewer)
    await asked_by_intake(pages, reason)
    (replaced,) = [one for one in said(pages.units) if isinstance(one, AmbassadorReplaced)]
    assert (replaced.replaced_by, replaced.over_limit) == (COORDINATOR.person_id, reason)
