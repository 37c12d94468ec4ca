"""What a family can do on its own pages: rest, ask, and leave somebody out."""

from typing import Any, Final

from fastapi import APIRouter, Depends, Request, Response

from services.intake.domain.case_state import FOLLOWS_FAMILY
from services.intake.domain.left_out import unwanted
from services.intake.handlers import family_voice as handlers
from services.intake.handlers.consents import consents_of
from services.intake.handlers.family_page import children_of, read_called, who_looked
from services.intake.web.family_door import HOME, FamilyPage, TheFamily
from services.intake.web.family_forms import (
    AfterAllForm,
    NotRightForm,
    RatherNotForm,
    RestForm,
    RhythmForm,
    WhyForm,
)
from services.intake.web.family_reaches import FAMILY_REACHES
from services.intake.web.family_words import as_told, what_of, who_of
from services.intake.web.pages.family import looks_shown
from shared.events.case_codes import FamilyQuestion, FollowUpRhythm
from shared.kernel.translatable import to_translate
from shared.web.forms import CHOOSE, Form, empty_form, read_form
from shared.web.languages import Reading, gettext, read_as, read_in_languages, translated
from shared.web.pages import day

RHYTHMS: Final = (
    (FollowUpRhythm.CITY_PLAN, to_translate("Zoals altijd: eerst vaak, later minder")),
    (FollowUpRhythm.MONTHLY, to_translate("Elke maand")),
    (FollowUpRhythm.QUARTERLY, to_translate("Elke drie maanden")),
    (FollowUpRhythm.STOPPED, to_translate("Vraag het niet meer")),
)
NO_SUCH_LINE: Final = to_translate("Kies hieronder opnieuw waarvan je wilt weten waarom.")
NOT_OFFERED: Final = to_translate("Kies een van deze dagen.")
router = APIRouter(prefix=HOME, dependencies=[Depends(read_in_languages)])


@router.get("/klopt-niet")
async def not_right(page: TheFamily) -> Response:
    """Something that is known is not right."""
    return await _not_right(page, empty_form(NotRightForm, child=str(page.case.id)))


@router.post("/klopt-niet")
async def say_not_right(request: Request, page: TheFamily) -> Response:
    """Its ambassador reads it with the case."""
    form = await read_form(request, NotRightForm)
    children = {page.case.id, *(one.id for one in await children_of(page.case, page.unit))}
    about = form.data.child or page.case.id if form.data else None
    if form.data is None or about not in children:
        if form.data is not None:
            form.refuse("child", translated(CHOOSE))
        return await _not_right(page, form)
    await handlers.ask_ambassador(about, FamilyQuestion.NOT_RIGHT, form.data.words, page.unit)
    return page.done("gevraagd")


@router.post("/waarom")
async def ask_why(request: Request, page: TheFamily) -> Response:
    """Why did somebody look? What the ambassador reads is in Dutch."""
    form = await read_form(request, WhyForm)
    line = form.data.line if form.data else None
    looked = next((one for one in as_told(await who_looked(page.case, page.unit)) if line in one.look.line_ids), None)
    if looked is None:
        form.refuse("line", translated(NO_SUCH_LINE))
        return await looks_shown(page, form)
    person = page.people.get(looked.look.person_id) if looked.look.person_id else None
    with read_as(Reading()):
        words = f"{day(looked.look.day)}: {who_of(looked, person)}. {what_of(looked)}".strip()
    await handlers.ask_ambassador(page.case.id, FamilyQuestion.WHY_SEEN, words, page.unit)
    return page.done("gevraagd")


@router.get("/rust")
async def resting(page: TheFamily) -> Response:
    """Until when nobody asks anything."""
    return await _resting(page, empty_form(RestForm))


@router.post("/rust")
async def rest(request: Request, page: TheFamily) -> Response:
    """From now on, or no longer."""
    form = await read_form(request, RestForm)
    if form.data and form.data.weeks not in {0, *dict(handlers.rests_offered(page.unit))}:
        form.refuse("weeks", translated(NOT_OFFERED))
    if form.data is None or form.errors:
        return await _resting(page, form)
    await handlers.rest_for(page.case.id, form.data.weeks, page.unit)
    return page.done("rust" if form.data.weeks else "rust-voorbij")


@router.get("/hoe-vaak")
async def how_often(page: TheFamily) -> Response:
    """How often somebody may ask how the child is doing."""
    children = await children_of(page.case, page.unit)
    asked = next((child for child in children if child.is_open), page.case)
    return _rhythm(page, empty_form(RhythmForm, rhythm=asked.plan.rhythm.value))


@router.post("/hoe-vaak")
async def ask_as_often(request: Request, page: TheFamily) -> Response:
    """From now on."""
    form = await read_form(request, RhythmForm)
    if form.data is None:
        return _rhythm(page, form)
    await handlers.ask_as_often(page.case.id, form.data.rhythm, page.unit)
    return page.done("bewaard")


@router.get("/liever-niet")
async def rather_not(page: TheFamily) -> Response:
    """Which organisations are not asked for this family."""
    return await _rather_not(page, empty_form(RatherNotForm))


@router.post("/liever-niet")
async def leave_out(request: Request, page: TheFamily) -> Response:
    """One more."""
    form = await read_form(request, RatherNotForm)
    if form.data is None:
        return await _rather_not(page, form)
    await handlers.leave_out(page.case.id, form.data.organisation_id, page.unit)
    return page.done("bewaard")


@router.post("/toch-goed")
async def have_after_all(request: Request, page: TheFamily) -> Response:
    """One of them may be asked again."""
    form = await read_form(request, AfterAllForm)
    if form.data is None:
        return await _rather_not(page, form)
    await handlers.take_back_in(page.case.id, form.data.organisation_id, page.unit)
    return page.done("bewaard")


async def _not_right(page: FamilyPage, form: Form[NotRightForm]) -> Response:
    called = await read_called(await children_of(page.case, page.unit), page.unit)
    children = [(str(one), name) for one, name in called.items()]
    return page.shows("family_not_right.html", form, children=children, reach=FAMILY_REACHES)


async def _resting(page: FamilyPage, form: Form[RestForm]) -> Response:
    offered = [
        (str(weeks), gettext("Tot %(day)s", day=day(until))) for weeks, until in handlers.rests_offered(page.unit)
    ]
    rests = any(child.pause for child in await children_of(page.case, page.unit))
    return page.shows("family_rest.html", form, weeks=offered, rests=rests, reach=FAMILY_REACHES)


def _rhythm(page: FamilyPage, form: Form[RhythmForm]) -> Response:
    rhythms = [(code.value, translated(words)) for code, words in RHYTHMS]
    return page.shows("family_rhythm.html", form, rhythms=rhythms, reach=FAMILY_REACHES)


async def _rather_not(page: FamilyPage, form: Form[Any]) -> Response:
    known, children = await page.unit.network.list_organisations(), await children_of(page.case, page.unit)
    # One that withdrew says nothing of the others.
    speak = [one for one in children if one.state in FOLLOWS_FAMILY] or [page.case]
    of_each = [set(unwanted(one)) for one in speak]
    way_back = {one for child in speak for one in set(unwanted(child)) - (await consents_of(child, page.unit)).stopped}
    of_some, of_all = set.union(*of_each), set.intersection(*of_each)
    return page.shows(
        "family_rather_not.html",
        form,
        organisations=[(str(one), name) for one, name in known.items() if one not in of_all],
        left_out=[(one, name, one not in way_back) for one, name in known.items() if one in of_some],
        may=any(one.is_open for one in children),
        reach=FAMILY_REACHES,
    )
