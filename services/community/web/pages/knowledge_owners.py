"""`/kennisbank/nakijken`: whoever answers for articles says whether they still hold; the desk says whose they are."""

from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from services.community.domain.article import Owner
from services.community.domain.article_errors import EditionInWork
from services.community.handlers.article_feedback import sum_up
from services.community.handlers.knowledge import begin_edition
from services.community.handlers.knowledge_reading import Readable, find_article, list_readable
from services.community.handlers.knowledge_reviews import (
    give_to,
    list_due,
    list_ownerless,
    review_article,
    withdraw_article,
)
from services.community.ports import CommunityUnit
from services.community.web.dependencies import (
    Coordinator,
    Dependencies,
    MayHost,
    TheDependencies,
    Unit,
    may_organise,
)
from services.community.web.knowledge_forms import (
    OwnerForm,
    PostedOwner,
    PostedReview,
    PostedWithdraw,
    ReviewChoice,
    WithdrawForm,
)
from services.community.web.knowledge_views import view_of, views_of
from services.community.web.pages.knowledge_editing import judge_of
from services.community.web.pages.knowledge_proposals import about_choices, to_edition
from services.community.web.reaches_of_knowledge import GIVE, KNOWLEDGE, REVIEW, REVIEWS, WITHDRAW
from shared.web.auditing import unit_of
from shared.web.forms import Form, empty_form

router = APIRouter(prefix=KNOWLEDGE)
# The button that was pressed in a mail: it is only the one that stands out.
Chosen = Annotated[ReviewChoice, Query(alias="keuze")]
Organisation = Annotated[UUID | None, Query(alias="van")]


@router.get("/nakijken")
async def reviews(
    request: Request, dependencies: TheDependencies, session: MayHost, unit: Unit, keuze: Chosen = ReviewChoice.HOLDS
) -> Response:
    """What this person looks at now, and what readers said of all that is theirs; the desk sees what nobody has."""
    mine = [one for one in await list_readable(unit) if one.article.is_of(session.person_id)]
    at_the_desk = may_organise(session)
    return dependencies.templates.page(
        request,
        "knowledge_reviews.html",
        due=views_of(await list_due(session.person_id, unit), unit.city),
        mine=views_of(mine, unit.city),
        said=await sum_up(mine, unit),
        ownerless=views_of(await list_ownerless(unit), unit.city) if at_the_desk else (),
        today=unit.city.day_of(unit.now),
        chosen=keuze,
        reach=REVIEW,
    )


@router.post("/nakijken/{article_id}")
async def review(article_id: UUID, session: MayHost, form: PostedReview, unit: Unit) -> Response:
    """It still holds, it will be changed, or it goes."""
    if form.data is None:
        return _to(REVIEWS)
    if form.data.choice is ReviewChoice.WITHDRAW:
        return _to(f"{REVIEWS}/{article_id}/weg")
    if form.data.choice is ReviewChoice.HOLDS:
        await review_article(article_id, judge_of(session), unit)
        return _to(REVIEWS)
    try:
        return to_edition(await begin_edition(article_id, session.person_id, unit))
    except EditionInWork as known:
        return to_edition(known.edition_id)


@router.get("/nakijken/{article_id}/weg")
async def ask_to_withdraw(
    request: Request, article_id: UUID, dependencies: TheDependencies, session: MayHost, unit: Unit
) -> Response:
    """Why, and what to read in its place."""
    found = await find_article(article_id, unit)
    judge_of(session).let_pass(found.article)
    return await _withdraw_page(request, found, dependencies, empty_form(WithdrawForm), unit)


@router.post("/nakijken/{article_id}/weg")
async def withdraw(
    request: Request,
    article_id: UUID,
    dependencies: TheDependencies,
    session: MayHost,
    form: PostedWithdraw,
    unit: Unit,
) -> Response:
    """Nobody reads it any more."""
    found = await find_article(article_id, unit)
    if form.data is None:
        return await _withdraw_page(request, found, dependencies, form, unit, HTTPStatus.BAD_REQUEST)
    await withdraw_article(article_id, form.data.reason, form.data.pointer, judge_of(session), unit)
    return _to(f"{KNOWLEDGE}/{found.article.slug}")


@router.get("/beheer/{article_id}")
async def whose(
    request: Request,
    article_id: UUID,
    dependencies: TheDependencies,
    _session: Coordinator,
    van: Organisation = None,
) -> Response:
    """Of which organisation, and then of whom."""
    return await _owner_page(request, article_id, dependencies, van)


@router.post("/beheer/{article_id}")
async def give(
    request: Request, article_id: UUID, dependencies: TheDependencies, _session: Coordinator, form: PostedOwner
) -> Response:
    """Whose it is from now on, and what it is about."""
    if form.data is None:
        return await _owner_page(request, article_id, dependencies, None, form)
    async with unit_of(request, dependencies.units) as unit:
        await give_to(article_id, form.data.owner, form.data.about, unit)
        slug = (await find_article(article_id, unit)).article.slug
    return _to(f"{KNOWLEDGE}/{slug}")


def _to(path: str) -> Response:
    return RedirectResponse(path, status_code=HTTPStatus.SEE_OTHER)


async def _withdraw_page(
    request: Request,
    found: Readable,
    dependencies: Dependencies,
    form: Form[WithdrawForm],
    unit: CommunityUnit,
    status: int = HTTPStatus.OK,
) -> Response:
    others = [one for one in await list_readable(unit) if one.article.id != found.article.id]
    return dependencies.templates.page(
        request,
        "knowledge_withdraw.html",
        status,
        form=form,
        view=view_of(found, unit.city),
        others=[(str(one.article.id), one.edition.words.title) for one in others],
        reach=WITHDRAW,
    )


async def _owner_page(
    request: Request,
    article_id: UUID,
    dependencies: Dependencies,
    asked: UUID | None,
    typed: Form[OwnerForm] | None = None,
) -> Response:
    async with unit_of(request, dependencies.units) as unit:
        found = await find_article(article_id, unit)
        owner = found.article.owner
        chosen = asked or (owner.organisation_id if owner else None)
        people = [one.person_id for one in await unit.members.list_of_organisation(chosen)] if chosen else []
        organisations = await unit.organisations.list_active()
        city = unit.city
    # Names are asked once no unit waits.
    names = await dependencies.people.read_people(people)
    return dependencies.templates.page(
        request,
        "knowledge_owner.html",
        HTTPStatus.BAD_REQUEST if typed else HTTPStatus.OK,
        view=view_of(found, city),
        form=typed or empty_form(OwnerForm, **_known(found, owner if owner and asked in {None, chosen} else None)),
        chosen=chosen,
        organisations=[(str(one), name) for one, name in organisations.items()],
        people=[(str(one), names[one].name) for one in people if one in names],
        reach=GIVE,
        **about_choices(city),
    )


def _known(found: Readable, owner: Owner | None) -> dict[str, Any]:
    about = found.article.about
    return {
        "kind": about.kind,
        "categories": sorted(about.categories),
        "signals": sorted(about.signals),
        "followsLaw": "true" if about.follows_law else "",
        "person": str(owner.person_id) if owner else "",
        "deputy": str(owner.deputy_id) if owner and owner.deputy_id else "",
    }
