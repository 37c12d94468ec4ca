"""What a family tells on its own pages for others: how the help was, and its own story for the city."""

from typing import Any, Final

from fastapi import APIRouter, Depends, Request, Response

from services.intake.domain.case import Case
from services.intake.domain.dossier import STORY_AT_MOST, Fact
from services.intake.domain.family_voice import FEWEST_FAMILIES, story_of
from services.intake.handlers import experiences
from services.intake.handlers import family_voice as handlers
from services.intake.handlers.family_page import children_of, open_own_facts, read_called
from services.intake.web.family_door import HOME, FamilyPage, TheFamily
from services.intake.web.family_forms import ExperienceForm, StoryForm
from services.intake.web.family_reaches import FAMILY_REACHES
from shared.events.family_voice import Felt
from shared.kernel.translatable import to_translate
from shared.web.forms import Form, empty_form, read_form
from shared.web.languages import read_in_languages, translated

FELT: Final = (
    (Felt.YES, to_translate("Ja")),
    (Felt.A_LITTLE, to_translate("Een beetje")),
    (Felt.NO, to_translate("Nee")),
)
router = APIRouter(prefix=HOME, dependencies=[Depends(read_in_languages)])


@router.get("/hoe-was-het")
async def how_was_it(page: TheFamily) -> Response:
    """Three short questions about each help that was given."""
    return await _how_was_it(page, empty_form(ExperienceForm))


@router.post("/hoe-was-het")
async def tell_how_it_was(request: Request, page: TheFamily) -> Response:
    """In three short answers."""
    form = await read_form(request, ExperienceForm)
    if (data := form.data) is None:
        return await _how_was_it(page, form)
    felt = {"welcome": data.welcome, "fitting": data.fitting, "tailored": data.tailored}
    await experiences.tell_experience(page.case.id, data.need_id, felt, page.unit)
    return page.done("dank")


@router.get("/verhaal")
async def story(page: TheFamily) -> Response:
    """The family's own story for the city's report, when it wants to tell one."""
    return await _story(page, empty_form(StoryForm))


@router.post("/verhaal")
async def tell_story(request: Request, page: TheFamily) -> Response:
    """With its own yes."""
    form = await read_form(request, StoryForm)
    if form.data is None:
        return await _story(page, form)
    await handlers.tell_story(page.case.id, form.data.words, page.unit)
    return page.done("dank")


@router.post("/verhaal/terug")
async def take_story_back(page: TheFamily) -> Response:
    """And it is gone."""
    await handlers.tell_story(page.case.id, "", page.unit)
    return page.done("verhaal-weg")


async def _how_was_it(page: FamilyPage, form: Form[ExperienceForm]) -> Response:
    children = await children_of(page.case, page.unit)
    called = await read_called(children, page.unit)
    helps = [one for child in children for one in await _helps(child, called.get(child.id, ""), page)]
    felt = [(code.value, translated(words)) for code, words in FELT]
    return page.shows(
        "family_experience.html", form, helps=helps, felt=felt, fewest=FEWEST_FAMILIES, reach=FAMILY_REACHES
    )


async def _helps(child: Case, called: str, page: FamilyPage) -> list[dict[str, Any]]:
    """The help for this child of which the family did not tell yet how it was."""
    helped = await experiences.helped_by(child, page.unit)
    names = await page.unit.network.read_names(set(helped.values()))
    told = {one.need_id for one in await page.unit.family_voice.list_experiences(child.id)}
    return [
        {
            "id": need.need_id,
            "title": page.city.categories.words(need.category),
            "called": called,
            "who": names.get(helped[need.need_id]),
        }
        for need in child.needs
        if need.need_id in helped and need.need_id not in told
    ]


async def _story(page: FamilyPage, form: Form[StoryForm]) -> Response:
    dossier = await open_own_facts(page.case, page.unit, (Fact.FIRST_NAME,))
    told = next((note for note in dossier.notes if note.id == story_of(page.case.id)), None)
    return page.shows("family_story.html", form, told=told, longest=STORY_AT_MOST, reach=FAMILY_REACHES)
