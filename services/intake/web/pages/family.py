"""The family's own pages: who helps, what is known, and who looked at what."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from services.intake.domain.case import Case
from services.intake.domain.dossier import Dossier, Fact
from services.intake.domain.progress import HELPING, Progress
from services.intake.handlers.family_page import (
    Told,
    children_of,
    open_own_facts,
    read_called,
    sources_of,
    who_looked,
)
from services.intake.handlers.family_voice import rests_until
from services.intake.handlers.showing import CaseView, NeedView, view_of, views_of
from services.intake.web.family_door import HOME, FamilyPage, TheFamily
from services.intake.web.family_reaches import FAMILY_REACHES
from services.intake.web.family_words import FACTS, STAGES, as_told, what_of, who_of, why_of
from services.intake.web.partner_lines import lines_of_partners
from services.intake.web.timeline_view import planned_of, readable
from shared.events.http import KnownPerson
from shared.kernel.translatable import to_translate
from shared.web.forms import Form
from shared.web.languages import gettext, read_in_languages, translated
from shared.web.pages import day

CHOICES = (
    ("📋", to_translate("Wat wij weten"), f"{HOME}/wat-wij-weten"),
    ("👁️", to_translate("Wie zag wat?"), f"{HOME}/wie-zag-wat"),
    ("✏️", to_translate("Dit klopt niet"), f"{HOME}/klopt-niet"),
    ("🔒", to_translate("Wie mag wat zien?"), f"{HOME}/toestemming"),
    ("⭐", to_translate("Hoe was de hulp?"), f"{HOME}/hoe-was-het"),
    ("💬", to_translate("Jullie eigen verhaal"), f"{HOME}/verhaal"),
    ("🖨️", to_translate("Op papier"), f"{HOME}/papier"),
    ("📦", to_translate("Alles wat wij bewaren"), f"{HOME}/meenemen"),
)
WHILE_OPEN = (
    ("🌙", to_translate("Rust"), f"{HOME}/rust"),
    ("🔔", to_translate("Hoe vaak vragen wij iets?"), f"{HOME}/hoe-vaak"),
    ("🚫", to_translate("Liever niet deze organisatie"), f"{HOME}/liever-niet"),
)
# What was done just now, by its word in the address.
DONE = {
    "gevraagd": to_translate("Je contactpersoon krijgt bericht."),
    "rust": to_translate("Jullie hebben nu rust."),
    "rust-voorbij": to_translate("De rust is voorbij."),
    "bewaard": to_translate("Bewaard."),
    "dank": to_translate("Dank je wel."),
    "alles-gestopt": to_translate("Alles is gestopt."),
    "verhaal-weg": to_translate("Jullie verhaal is gewist."),
}
router = APIRouter(prefix=HOME, dependencies=[Depends(read_in_languages)])


@router.get("/pagina")
async def overview(page: TheFamily, gelukt: str = "") -> Response:
    """Who helps with what, whom to call, and what can be done here."""
    children = await children_of(page.case, page.unit)
    choices = (*CHOICES, *WHILE_OPEN) if any(one.is_open for one in children) else CHOICES
    asks = [ask for one in children for ask in await page.unit.family_voice.list_asks(one.id)]
    return page.shows(
        "family_page.html",
        **await overview_of(page),
        choices=[(icon, translated(words), address) for icon, words, address in choices],
        rests_until=rests_until(children),
        asks=[ask for ask in asks if ask.settled_at is None],
        said=translated(DONE.get(gelukt, "")),
    )


@router.get("/wat-wij-weten")
async def known(page: TheFamily) -> Response:
    """All that is kept of the family, and when it was told."""
    children = await children_of(page.case, page.unit)
    views = await views_of(children, page.unit)
    known = [await known_of(view, await open_own_facts(view.case, page.unit), page) for view in views]
    return page.shows("family_known.html", children=known, hidden=page.case.opening.address_is_secret)


@router.get("/wie-zag-wat")
async def looks(page: TheFamily) -> Response:
    """Who looked at what, newest first."""
    return await looks_shown(page)


async def looks_shown(page: FamilyPage, form: Form[Any] | None = None) -> Response:
    """The same, with what was wrong."""
    looked = as_told(await who_looked(page.case, page.unit))
    lines = [
        {
            "id": one.look.line_ids[0],
            "day": one.look.day,
            "who": who_of(one, page.people.get(one.look.person_id) if one.look.person_id else None),
            "what": what_of(one),
            "why": why_of(one),
            "is_family": one.look.is_family,
            "read": "",
        }
        for one in looked
    ]
    lines += await lines_of_partners(page)
    return page.shows("family_looks.html", form, lines=lines, reach=FAMILY_REACHES)


async def overview_of(page: FamilyPage) -> dict[str, Any]:
    """Who helps each child with what, and when somebody asks how it is."""
    children = await children_of(page.case, page.unit)
    called, views = await read_called(children, page.unit), [await view_of(one, page.unit) for one in children]
    today = page.unit.city.day_of(page.unit.now)
    helpers = {
        helper.need_id: page.people.get(helper.contact_id)
        for one in children
        for helper in await page.unit.accepted.list_of_case(one.id)
        if helper.contact_id
    }
    return {
        "children": [
            {"called": called.get(view.case.id, ""), "needs": [_need(each, helpers, page) for each in view.needs]}
            for view in views
        ],
        "planned": sorted(on for view in views for on in planned_of(view, today))[:1],
    }


async def known_of(view: CaseView, dossier: Dossier, page: FamilyPage) -> dict[str, Any]:
    """What is known, each with when it was told and to whom; and what was said of each need."""
    case = view.case
    sources = await sources_of(case, page.unit)
    facts = [
        (translated(words), _written(fact, dossier), *_source(sources[fact.value], page))
        for fact, words in FACTS.items()
        if fact in dossier.facts
    ]
    facts += [(words, value, *_source(sources[name], page)) for name, words, value in await _codes_of(case, page)]
    said = [
        (page.city.categories.words(need.category), dossier.words[need.need_id])
        for need in case.needs
        if need.need_id in dossier.words
    ]
    goals = [
        (
            page.city.categories.words(need.category),
            aimed.goal,
            date.fromisoformat(on) if (on := aimed.target_on) else None,
        )
        for need in case.needs
        if (aimed := dossier.needs.get(need.need_id)) and (aimed.goal or aimed.target_on)
    ]
    return {"facts": facts, "said": said, "goals": goals, "hidden": case.opening.address_is_secret}


async def _codes_of(case: Case, page: FamilyPage) -> list[tuple[str, str, str]]:
    """What is known as codes of the city: under which name its source is found, and in words. No district if secret."""
    opening, city = case.opening, page.city
    school = (await page.unit.network.read_names([opening.organisation_id])).get(opening.organisation_id)
    codes = [
        ("district", gettext("Wijk"), city.districts.words(opening.district) if opening.district else ""),
        ("family_language", gettext("Taal"), city.languages.words(opening.family_language)),
        ("interpreter_needed", gettext("Tolk nodig"), gettext("Ja") if opening.interpreter_needed else gettext("Nee")),
        ("organisation_id", gettext("School of organisatie"), school or ""),
    ]
    return [(name, words, value) for name, words, value in codes if value]


def _source(told: Told, page: FamilyPage) -> tuple[date, str]:
    person = page.people.get(told.person_id) if told.person_id else None
    return told.day, person.name if person else ""


def _need(each: NeedView, helpers: Mapping[UUID, KnownPerson | None], page: FamilyPage) -> dict[str, Any]:
    return {
        "title": page.city.categories.words(each.need.category),
        # What another request for this child seeks is sought.
        "words": translated(STAGES[Progress.SEARCHING if each.elsewhere else each.stage]),
        "who": each.organisation if each.stage in HELPING else None,
        "helper": helpers.get(each.need.need_id) if each.stage in HELPING else None,
        "on": each.progress.on if each.progress and each.stage in HELPING else None,
    }


def _written(fact: Fact, dossier: Dossier) -> str:
    value = dossier.facts[fact]
    if fact is Fact.BIRTH_DATE:
        return day(date.fromisoformat(value))
    return (readable(value) or value) if fact is Fact.PHONE else value
