"""What is agreed with the family: a visit at home, a rest, how often somebody asks, how it likes to be reached."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic.alias_generators import to_camel

from services.intake.commands import AgreeFollowUps, PauseCase, PlanHomeVisit
from services.intake.domain.case import Case
from services.intake.domain.dossier import OF_THE_CONTACT, Dossier, NoteKind
from services.intake.domain.rules import may_know_the_address
from services.intake.handlers import course
from services.intake.handlers.family_page import told_of
from services.intake.handlers.showing import CaseView
from services.intake.web.case_forms import ContactForm, FollowUpsForm, HomeVisitDoneForm, HomeVisitForm, PauseForm
from services.intake.web.case_page import CALLED, CasePage, TheCasePage, ThePeople
from services.intake.web.words import PAUSE_WISHES, RHYTHMS
from shared.access.members import Member
from shared.events.http import KnownPerson
from shared.web.forms import Form, empty_form

WISHES: Final = [(wish.value, words) for wish, words in PAUSE_WISHES.items()]
RHYTHM_CHOICES: Final = [(rhythm.value, words) for rhythm, words in RHYTHMS.items()]
_CONTACT: Final = tuple(dict.fromkeys((*CALLED, *OF_THE_CONTACT)))
router = APIRouter(prefix="/aanvragen/{case_id}")


@router.get("/huisbezoek")
async def visiting(page: TheCasePage) -> Response:
    """Plan the visit, or move it."""
    view, dossier = await page.opens()
    visit, zone = view.case.visit, page.dependencies.city.zone
    starts_at = visit.starts_at.astimezone(zone).strftime("%H:%M") if visit and visit.starts_at else None
    note = next((each.words for each in dossier.notes if each.kind is NoteKind.HOME_VISIT), None)
    form = empty_form(
        HomeVisitForm,
        plannedFor=visit.planned_for if visit else None,
        startsAt=starts_at,
        interpreterNeeded="true" if _interpreter(view.case) else None,
        note=note,
    )
    return await page.shows("home_visit.html", form)


@router.post("/huisbezoek")
async def plan_visit(request: Request, page: TheCasePage) -> Response:
    """The day is agreed with the family."""
    form = await page.reads(request, HomeVisitForm)
    if (data := form.data) is not None:
        plan = PlanHomeVisit(page.case_id, data.planned_for, data.starts_at, data.interpreter_needed, data.note)
        if await page.takes(form, course.plan_home_visit(plan, page.unit, page.viewer)):
            return page.done("huisbezoek")
    return await page.shows("home_visit.html", form)


@router.post("/huisbezoek/geweest")
async def visited(request: Request, page: TheCasePage) -> Response:
    """It took place, or it did not."""
    form = await page.reads(request, HomeVisitDoneForm)
    if form.data is None:
        return await page.shows("home_visit.html", form)
    took_place = form.data.took_place
    await course.complete_home_visit(page.case_id, page.unit, page.viewer, took_place=took_place)
    return page.done("huisbezoek-geweest" if took_place else "huisbezoek-niet-geweest")


@router.get("/rust")
async def resting(page: TheCasePage) -> Response:
    """Until when, and whose wish."""
    view, _ = await page.opens()
    pause = view.case.pause
    form = empty_form(
        PauseForm, until=pause.until if pause else None, wishedBy=pause.wished_by.value if pause else None
    )
    return await _resting(page, form)


@router.post("/rust")
async def rest(request: Request, page: TheCasePage) -> Response:
    """The family rests."""
    form = await page.reads(request, PauseForm)
    if form.data is not None:
        pause = PauseCase(page.case_id, form.data.until, form.data.wished_by)
        if await page.takes(form, course.pause_case(pause, page.unit, page.viewer)):
            return page.done("rust")
    return await _resting(page, form)


@router.post("/rust/voorbij")
async def resume(page: TheCasePage) -> Response:
    """The rest is over."""
    await course.resume_case(page.case_id, page.unit, page.viewer)
    return page.done("rust-voorbij")


@router.get("/hoe-gaat-het")
async def following(people: ThePeople, page: TheCasePage) -> Response:
    """How often somebody asks."""
    view, _ = await page.opens()
    plan = view.case.plan
    second = str(plan.second_reader_id) if plan.second_reader_id else None
    return await _following(page, people, empty_form(FollowUpsForm, rhythm=plan.rhythm.value, secondReaderId=second))


@router.post("/hoe-gaat-het")
async def agree(request: Request, people: ThePeople, page: TheCasePage) -> Response:
    """School and family agreed."""
    form = await page.reads(request, FollowUpsForm)
    if form.data is not None:
        agreed = AgreeFollowUps(page.case_id, form.data.rhythm, form.data.second_reader_id)
        if await page.takes(form, course.agree_follow_ups(agreed, page.unit, page.viewer)):
            return page.done("afgesproken")
    return await _following(page, people, form)


@router.get("/contact")
async def contact(page: TheCasePage) -> Response:
    """What the family wants to be called, and how it likes to be reached."""
    view, dossier = await page.opens(_CONTACT)
    values = {to_camel(fact): dossier.facts.get(fact) for fact in OF_THE_CONTACT}
    secret = "true" if view.case.opening.address_is_secret else None
    form = empty_form(ContactForm, **values, addressIsSecret=secret)
    return await _reaching(page, form, view, dossier)


@router.post("/contact")
async def tell_contact(request: Request, page: TheCasePage) -> Response:
    """Keep it in the vault."""
    form = await page.reads(request, ContactForm)
    if form.data is None:
        return await _reaching(page, form, *await page.opens(_CONTACT))
    told = {fact: str(value) for fact in OF_THE_CONTACT if (value := getattr(form.data, fact.value))}
    secret = form.data.address_is_secret
    await course.tell_contact_wishes(page.case_id, told, page.unit, page.viewer, address_is_secret=secret)
    return page.done("contact")


async def _reaching(page: CasePage, form: Form[ContactForm], view: CaseView, dossier: Dossier) -> Response:
    """What is known, each with its day: it is not asked again."""
    sees_address = may_know_the_address(page.viewer, view.case.opening)
    told, asked_on = await told_of(view.case, page.unit), page.unit.city.day_of(view.case.received_at)
    known = {to_camel(fact): told[fact].day if fact in told else asked_on for fact in _CONTACT if fact in dossier.facts}
    stale_on = page.unit.city.day_of(page.unit.now) - timedelta(days=page.unit.city.privacy.fresh_days)
    return page.shown("contact.html", form, view, dossier, sees_address=sees_address, known=known, stale_on=stale_on)


async def _resting(page: CasePage, form: Form[PauseForm]) -> Response:
    return await page.shows("rest.html", form, wishes=WISHES)


async def _following(page: CasePage, people: Mapping[UUID, KnownPerson], form: Form[FollowUpsForm]) -> Response:
    view, _ = await page.opens()
    colleagues = await course.colleagues_of(view.case, page.unit)
    return await page.shows("follow_ups.html", form, rhythms=RHYTHM_CHOICES, colleagues=_by_name(colleagues, people))


def _by_name(colleagues: Sequence[Member], people: Mapping[UUID, KnownPerson]) -> list[tuple[str, str]]:
    """By name; one whose name is not known now has a number."""
    return [
        (str(one.person_id), people[one.person_id].name if one.person_id in people else f"Collega {number}")
        for number, one in enumerate(colleagues, start=1)
    ]


def _interpreter(case: Case) -> bool:
    return case.visit.interpreter_needed if case.visit else case.opening.interpreter_needed
