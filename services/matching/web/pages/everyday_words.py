"""The desk keeps the everyday words of the map, tries them out, and sees which words found nothing."""

from http import HTTPStatus
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from services.matching.domain.entry_errors import EverydayWordUnknown
from services.matching.domain.everyday import EverydayWord
from services.matching.domain.map_query import How, MapQuery
from services.matching.handlers.everyday_words import (
    WordEdit,
    add_word,
    change_word,
    list_missed,
    remove_word,
)
from services.matching.ports import MatchingUnit
from services.matching.web import words
from services.matching.web.asked_words import Words
from services.matching.web.dependencies import Dependencies, TheDependencies, Unit
from services.matching.web.pages.organisations import Desk
from services.matching.web.word_forms import ChangeWordForm, RemoveWordForm, WordForm
from shared.kernel.errors import Refusal
from shared.web.forms import Form, read_form
from shared.web.reach import DESK, Reach

PATH: Final = "/netwerk/zoekwoorden"
ADD: Final = Reach(f"POST {PATH}", seen_by=(DESK,))
CHANGE: Final = Reach(f"POST {PATH}/{{word_id}}", seen_by=(DESK,))
REMOVE: Final = Reach(f"POST {PATH}/{{word_id}}/weg", seen_by=(DESK,))
MOST_TRIED: Final = 5
HOW: Final = {
    How.ALL_WORDS: "Alle woorden zijn gevonden.",
    How.MOST_WORDS: "De meeste woorden zijn gevonden.",
    How.ANY_WORD: "Eén of meer van de woorden zijn gevonden.",
    How.LOOK_ALIKE: "Gevonden met een woord dat erop lijkt.",
    How.NOTHING: "Er is niets gevonden.",
}
DONE: Final = {
    "nieuw": "Het woord staat erbij. Het telt meteen.",
    "veranderd": "Het woord is veranderd. Het telt meteen.",
    "weg": "Het woord is weg.",
}
SEVERAL: Final = ("categories",)
router = APIRouter(prefix=PATH)


async def _new(request: Request, _desk: Desk) -> Form[WordForm]:
    return await read_form(request, WordForm, many=SEVERAL)


async def _changed(request: Request, _desk: Desk) -> Form[ChangeWordForm]:
    return await read_form(request, ChangeWordForm, many=SEVERAL)


async def _removed(request: Request, _desk: Desk) -> Form[RemoveWordForm]:
    return await read_form(request, RemoveWordForm)


@router.get("")
async def show(
    request: Request,
    dependencies: TheDependencies,
    _desk: Desk,
    unit: Unit,
    probeer: Words = "",
    woord: Words = "",
    klaar: Words = "",
) -> Response:
    """Try a question out; what found nothing; the words; and a new one, with `woord` filled in."""
    return await _page(request, dependencies, unit, Form(values={"word": woord}), tried=probeer, done=klaar)


@router.post("")
async def add(
    request: Request,
    dependencies: TheDependencies,
    desk: Desk,
    form: Annotated[Form[WordForm], Depends(_new)],
    unit: Unit,
) -> Response:
    """It counts from the next question on."""
    if form.data is None:
        return await _page(request, dependencies, unit, form)
    try:
        await add_word(form.data.word, form.data.categories, desk.person_id, unit)
    except Refusal as refusal:
        form.refuse("word", refusal.message)
        return await _page(request, dependencies, unit, form)
    return _back("nieuw")


@router.get("/{word_id}")
async def ask_change(
    request: Request, word_id: UUID, dependencies: TheDependencies, _desk: Desk, unit: Unit
) -> Response:
    """Change it, or take it away."""
    return await _edit(request, dependencies, unit, word_id)


@router.post("/{word_id}")
async def change(
    request: Request,
    word_id: UUID,
    dependencies: TheDependencies,
    desk: Desk,
    form: Annotated[Form[ChangeWordForm], Depends(_changed)],
    unit: Unit,
) -> Response:
    """It counts from the next question on."""
    if form.data is None:
        return await _edit(request, dependencies, unit, word_id, form)
    try:
        edit = WordEdit(desk.person_id, form.data.seen)
        await change_word(word_id, form.data.word, form.data.categories, edit, unit)
    except Refusal as refusal:
        form.refuse("word", refusal.message)
        return await _edit(request, dependencies, unit, word_id, form)
    return _back("veranderd")


@router.post("/{word_id}/weg")
async def remove(
    request: Request,
    word_id: UUID,
    dependencies: TheDependencies,
    desk: Desk,
    form: Annotated[Form[RemoveWordForm], Depends(_removed)],
    unit: Unit,
) -> Response:
    """Take it away; what the city's own file says of it stays."""
    if form.data is None:
        return await _edit(request, dependencies, unit, word_id)
    try:
        await remove_word(word_id, WordEdit(desk.person_id, form.data.seen), unit)
    except Refusal as refusal:
        changed: Form[Any] = Form()
        changed.refuse("word", refusal.message)
        return await _edit(request, dependencies, unit, word_id, changed)
    return _back("weg")


async def _page(
    request: Request,
    dependencies: Dependencies,
    unit: MatchingUnit,
    form: Form[Any],
    tried: str = "",
    done: str = "",
) -> Response:
    kept = await unit.everyday_words.list_all()
    names = await unit.people.list_by_ids({one.changed_by for one in kept})
    found = await unit.services.search(MapQuery(text=tried, per_page=MOST_TRIED)) if tried.strip() else None
    return dependencies.templates.page(
        request,
        "everyday_words.html",
        HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK,
        kept=kept,
        names={person.id: person.name for person in names},
        missed=await list_missed(unit),
        tried=Form(values={"probeer": tried}),
        found=found,
        how=HOW,
        form=form,
        done=DONE.get(done),
        path=PATH,
        reach=ADD,
        words=words,
    )


async def _edit(
    request: Request, dependencies: Dependencies, unit: MatchingUnit, word_id: UUID, form: Form[Any] | None = None
) -> Response:
    word = await unit.everyday_words.get(word_id)
    if word is None or word.removed:
        raise EverydayWordUnknown
    return dependencies.templates.page(
        request,
        "everyday_word.html",
        HTTPStatus.BAD_REQUEST if form and form.errors else HTTPStatus.OK,
        word=word,
        form=_filled(word, form),
        path=PATH,
        change=CHANGE,
        remove=REMOVE,
        words=words,
    )


def _filled(word: EverydayWord, form: Form[Any] | None) -> Form[Any]:
    """What somebody typed, or what stands there; the version is that of now, which they see."""
    there = {"word": word.word, "categories": list(word.categories)}
    typed = form.values if form else {}
    return Form(values=there | typed | {"seen": word.version}, errors=form.errors if form else [])


def _back(done: str) -> RedirectResponse:
    return RedirectResponse(f"{PATH}?klaar={done}", status_code=HTTPStatus.SEE_OTHER)
