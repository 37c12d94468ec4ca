"""What is in each service when its routes are asked: one of everything that has an id in a path, and whose it is."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid5

from services.community.domain.needs_round import Subject
from services.community.handlers.letters import LINK_LASTS
from services.community.handlers.seats import SEAT_LINK
from services.intake.commands import AnswerConsent, CreateApiKey
from services.intake.domain.accepted import AcceptedReferral
from services.intake.domain.case import Case
from services.intake.domain.consent import FieldSet
from services.intake.domain.consent_given import How
from services.intake.domain.rules import Viewer
from services.intake.handlers.consents import give_consent
from services.intake.handlers.keys import create_api_key
from services.intake.handlers.safety import press
from services.intake.ports import IntakeUnit
from services.matching.domain.application import Application, ApplicationState, Asked
from services.matching.domain.contact import Contact
from services.matching.domain.entry import FieldChange, Proposal, ProposalState
from services.matching.domain.everyday import EverydayWord
from services.matching.domain.map_import import REFUSED_ROWS, ImportState, MapImport
from services.matching.domain.network import Person
from services.matching.handlers.directory_links import ENTRY_LINK
from services.matching.ports import MatchingUnit
from shared.events.base import ConsentGiver, Role
from shared.events.case_codes import FollowUpRhythm
from shared.events.intake import FollowUpsAgreed
from shared.events.monitoring import FollowUpDue
from shared.unit_of_work import Parked, ParkedState
from tests.contracts.asked_pair import PAIR, are_one
from tests.contracts.community_things import add_all, add_article, add_example, ids_of
from tests.parts import asking
from tests.parts.people import member
from tests.unit.community.seats import confirmed
from tests.unit.community.test_series import lunches
from tests.unit.community.world import DE_BOEI, Community, announced
from tests.unit.intake import builders as intake
from tests.unit.intake.app import app_on, person_of
from tests.unit.intake.pages import FORM
from tests.unit.intake.test_signals import PATH as SIGNALS
from tests.unit.intake.test_signals import SIGNAL
from tests.unit.matching import site as matching
from tests.unit.matching.city import contact, named, organisation, service
from tests.unit.monitoring.app import visitor
from tests.unit.monitoring.builders import CASE, TUESDAY, an_id, local, read_much
from tests.unit.monitoring.twin import Monitoring, helped
from tests.unit.notify import builders as notify
from tests.unit.notify.twin import Notify

# Whoever may see the whole city sits here.
DESK: Final = an_id("desk")
OTHERS: Final = an_id("another desk")
REFERRAL: Final = an_id("accepted referral")
PARKED: Final = "0190-parked-event"
SECRET: Final = "sk_of-the-system-of-this-school"
Ids = dict[str, UUID | str]


def somebody_of(organisation_id: UUID, role: str) -> UUID:
    """Who is signed in with this role at this organisation."""
    return uuid5(organisation_id, role)


async def park_one(units: Any, at: datetime) -> None:  # noqa: ANN401 - of any service
    """An event that could not be applied."""
    parked = Parked(
        event_id=PARKED, service="intake", subject=str(CASE), sequence=1, type="request-received",
        state=ParkedState.FAILED, reason="LookupError", value=b"{}", headers={}, parked_at=at,
    )  # fmt: skip
    async with units.begin() as unit:
        await unit.parking.park(parked)


async def help_starts(case: Case, unit: IntakeUnit, ambassador: Viewer) -> None:
    """Whoever is signed in as a partner helps this family, which allows it to read something."""
    await unit.accepted.save(AcceptedReferral(REFERRAL, case.id, case.needs[0].need_id, intake.SCHOOL))
    allowed = AnswerConsent(
        case_id=case.id, partner_kind=None, field_sets=frozenset(FieldSet), given_by=ConsentGiver.GUARDIAN,
        given_on=case.opening.consent_given_on, text_version="2026-1", language="nl", interpreter=False, how=How.SPOKEN,
    )  # fmt: skip
    await give_consent(allowed, ambassador, unit)


async def in_intake() -> tuple[intake.Units, Mapping[Role, Ids]]:
    """Two cases of the school's ambassador, one of which stands still; of that one and the desk a form and a signal."""
    units = intake.units_in_memory()
    app = app_on(units)
    own = replace(intake.ROOS, person_id=somebody_of(intake.SCHOOL, "ambassador"))
    async with units.begin() as unit:
        await intake.everybody_joins(unit)
        await unit.members.save(member(own.person_id, own.organisation_id, own.role))
        case = await intake.submit_request(intake.request(ambassador_id=own.person_id), unit)
        held = await intake.submit_request(intake.request(ambassador_id=own.person_id), unit)
        await press(held.id, unit, own)
        await help_starts(case, unit, own)
        await are_one(case.id, held.id, unit)
        await create_api_key(CreateApiKey(intake.SCHOOL, own.person_id, "Leerlingvolgsysteem"), unit, SECRET)
    ids: dict[Role, Ids] = {}
    of_school = {"ambassadorId": str(own.person_id), "forSchool": str(intake.SCHOOL)}
    for role in Role:
        begun = {"draft_id": an_id(f"draft of {role}"), "signal_id": an_id(f"signal of {role}"), "pair_id": PAIR}
        need_id = case.needs[0].need_id
        ids[role] = {"case_id": case.id, "id": case.id, "referral_id": REFERRAL, "need_id": need_id, **begun}
        async with person_of(app, Viewer(somebody_of(intake.SCHOOL, role), role, intake.SCHOOL)) as client:
            await asking.fills_in(client, FORM | of_school, str(begun["draft_id"]), "toestemming")
            await client.post(f"{SIGNALS}/nieuw", data=SIGNAL | {"signalId": str(begun["signal_id"])})
    # They are shown what stands still, and nothing else.
    ids[Role.SAFETY_OFFICER]["case_id"] = held.id
    return units, ids


async def _a_file(now: datetime, unit: MatchingUnit) -> None:
    """A map that was taken over, and the rows of it that were refused."""
    by = contact("fietsbende").id
    sent = MapImport(named("map import"), "kaart.csv", "kaart", 1, "", by, now)
    sent.state, sent.taken_by, sent.taken_at = ImportState.TAKEN, by, now
    await unit.map_imports.add(sent, b"organisatie\n")
    await unit.map_imports.add_parts(sent.id, {REFUSED_ROWS: b"regel;wat_er_mis_is\n"})


async def in_matching() -> tuple[matching.Site, Mapping[Role, Ids]]:
    """A question to a partner; of partner and school an offer, somebody who was named, and a link to the entry."""
    site = await matching.a_site()
    referral_id, _ = await matching.mailed(site)
    now = site.world.clock.now()
    async with site.world.units.begin() as unit:
        await unit.organisations.save(organisation("desk"))
        await unit.services.save(service("school"))
        mine = await _own_of_each(referral_id, now, unit)
        mine[Role.AMBASSADOR]["service_id"] = named("service school")
        asked = Asked("Fonds", "fund", "Sam", "sam@fonds.example", "010", "Fiets", ("bike",))
        applied = Application(named("application"), asked, now, ApplicationState.APPLIED, applied_at=now)
        await unit.applications.save(applied)
        change = (FieldChange("name", "Aanbod van fietsbende", "Fietsen"),)
        await unit.proposals.save(
            Proposal(named("proposal"), named("fietsbende"), named("service fietsbende"), change,
                     ProposalState.WAITING, contact("fietsbende").id, now)
        )  # fmt: skip
        await unit.everyday_words.save(EverydayWord(named("word"), "kurtka", ("bike",), contact("fietsbende").id, now))
        await unit.organisations.save(organisation("other"))
        await _a_file(now, unit)
    everybody: Ids = {
        "referral_id": referral_id, "id": referral_id, "need_id": named("need bike"),
        "service_id": named("service fietsbende"), "organisation_id": named("fietsbende"),
        "application_id": named("application"), "proposal_id": named("proposal"),
        "word_id": named("word"), "import_id": named("map import"),
        "contact_id": named("eva of fietsbende"), "person_id": contact("fietsbende").id,
    }  # fmt: skip
    return site, {role: everybody | mine.get(role, {}) for role in Role}


async def _own_of_each(referral_id: UUID, now: datetime, unit: MatchingUnit) -> dict[Role, Ids]:
    """Who leads each organisation, somebody whom they named, and the link to their entry."""
    mine: dict[Role, Ids] = {}
    for role, of in ((Role.PARTNER, "fietsbende"), (Role.AMBASSADOR, "school"), (Role.COORDINATOR, "desk")):
        lead = Person(somebody_of(named(of), role), "Lead Verzonnen", f"lead@{of}.example")
        await unit.people.save(lead.joining(named(of), role, leads=True))
        eva = Contact(named(f"eva of {of}"), named(of), referral_id, "Eva", f"eva@{of}.example", "010", lead.id, now)
        await unit.contacts.save(eva)
        link = await unit.links.mint(ENTRY_LINK, named(of), lead.id, local("2030-01-01 09:00"),
                                     organisation_id=named(of))  # fmt: skip
        mine[role] = {"contact_id": eva.id, "token": link.token}
    return mine


async def in_monitoring() -> tuple[Monitoring, UUID, Mapping[Role, Ids]]:
    """A child of whom nobody said how it goes, so that it is a point; a note, and a view of each of the desk."""
    monitoring = Monitoring()
    await helped(monitoring)
    school = (await monitoring.watch()).organisation_id
    assert school is not None
    second = somebody_of(school, "ambassador")
    agreed = FollowUpsAgreed(
        subject=CASE, occurred_at=TUESDAY, rhythm=FollowUpRhythm.CITY_PLAN, second_reader_id=second
    )
    await monitoring.consumes(agreed)
    await monitoring.time_passes(local("2026-09-22 09:00"))
    (due,) = (event for event in monitoring.published() if isinstance(event, FollowUpDue))
    await monitoring.days_pass(9)
    (point, *_) = (await monitoring.watch()).open_escalations
    await monitoring.consumes(read_much(somebody_of(OTHERS, "coordinator")))
    async with monitoring.units.begin() as unit:
        (read,) = await unit.readings.list_open()
    ids: Ids = {
        "point_id": read.point_id, "case_id": CASE, "follow_up_id": due.follow_up_id, "id": due.follow_up_id,
        "escalation_id": point.escalation_id,
    }  # fmt: skip
    async with visitor(monitoring, Role.COORDINATOR, somebody_of(DESK, "coordinator")) as browser:
        await browser.post(f"/bord/{CASE}/notities", data={"words": "Woensdag teruggebeld."})
        page = (await browser.get(f"/bord/{CASE}")).text
    found = re.search(rf"/bord/{CASE}/notities/([0-9a-f-]{{36}})/", page)
    assert found
    ids["note_id"] = found[1]
    return monitoring, school, {role: ids | await _own_view(monitoring, role) for role in Role}


async def _own_view(monitoring: Monitoring, role: Role) -> Ids:
    if role not in {Role.COORDINATOR, Role.OPERATOR}:
        return {}
    view = {"query": "punt=new-request", "title": "Nog te lezen", "shared": "self"}
    async with visitor(monitoring, role, somebody_of(DESK, role)) as browser:
        await browser.post("/bord/weergaven", data=view)
        page = (await browser.get("/bord/weergaven")).text
    (view_id,) = re.findall(r"/bord/weergaven/([0-9a-f-]{36})/verwijderen", page)
    return {"view_id": view_id}


async def in_notify() -> tuple[Notify, Ids]:
    """A mail that waits."""
    post = Notify()
    await post.given(notify.request_received())
    return post, {"message_id": post.messages()[0].id}


async def in_community() -> tuple[Community, dict[Role, Ids]]:
    """A gathering that everybody knows of, at a place that somebody looked at."""
    community = Community()
    gathering_id = await announced(community.units)
    seat_id, *others = await confirmed(community.units, gathering_id, "Anna", "Bas", "Carla")
    async with community.units.begin() as unit:
        await unit.series.save(lunches())
        await unit.subjects.save(Subject(an_id("subject"), gathering_id, "Samen eten"))
        link = await unit.links.mint(SEAT_LINK, seat_id, seat_id, community.now + LINK_LASTS)
        await add_article(unit, an_id("article"), an_id("writer"))
        await add_example(unit, gathering_id, [(somebody_of(DESK, role), DESK) for role in Role])
        for role in Role:
            whose = somebody_of(DESK, role)
            # The link is of one seat, and so is what a partner finds behind it.
            seats = (seat_id, others[0]) if role is Role.PARTNER else (others[0], others[1])
            await add_all(unit, gathering_id, an_id(role), (whose, DESK), seats)
    ids: Ids = {
        "gathering_id": gathering_id, "place_id": DE_BOEI.id, "series_id": lunches().id, "seat_id": seat_id,
        "subject_id": an_id("subject"), "token": link.token, "article_id": an_id("article"),
        "edition_id": an_id("article"), "slug": f"artikel-{an_id('article')}",
    }  # fmt: skip
    return community, {role: ids | ids_of(an_id(role)) for role in Role}


__all__ = [
    "DESK", "PARKED", "Ids", "an_id", "in_community", "in_intake", "in_matching", "in_monitoring", "in_notify",
    "park_one",
]  # fmt: skip
