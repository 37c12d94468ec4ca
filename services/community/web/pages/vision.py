"""`/bijeenkomsten/visie`: what the network wants together, in versions, and who signed up to it."""

from http import HTTPStatus
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import RedirectResponse

from services.community.handlers.vision import (
    find_draft,
    find_version,
    list_versions,
    publish_vision,
    show_signed,
    sign_vision,
    withdraw_signature,
    write_vision,
)
from services.community.web.dependencies import (
    MAY_HOST,
    Coordinator,
    Dependencies,
    MayHost,
    TheDependencies,
    Unit,
    Visitor,
    may_organise,
)
from services.community.web.reaches import BASE, PUBLISH_VISION, SIGN_VISION, WITHDRAW_SIGNATURE, WRITE_VISION
from services.community.web.vision_forms import PostedSign, PostedVision, SignForm, SignsFor, VisionForm
from shared.access.sessions import Session
from shared.kernel.translatable import to_translate
from shared.web.forms import Form, typed_or_empty
from shared.web.languages import read_in_languages, same_language, translated

PAGE: Final = f"{BASE}/visie"
MOST_VERSIONS: Final = 10_000
SIGNS_FOR: Final = (
    (SignsFor.ORGANISATION.value, to_translate("Voor mijn organisatie: de naam staat op deze pagina")),
    (SignsFor.MYSELF.value, to_translate("Voor mezelf: mijn naam staat nergens")),
)
router = APIRouter(prefix=PAGE)


@router.get("", dependencies=[Depends(read_in_languages)])
async def vision(request: Request, dependencies: TheDependencies, visitor: Visitor, unit: Unit) -> Response:
    """The newest version, for everybody."""
    return await _page(request, dependencies, visitor, unit)


@router.get("/schrijven")
async def draft(request: Request, dependencies: TheDependencies, _session: Coordinator, unit: Unit) -> Response:
    """What the desk works on, or the newest version to go on from."""
    return await _draft(request, dependencies, unit)


@router.post("/schrijven")
async def write(
    request: Request, dependencies: TheDependencies, _session: Coordinator, form: PostedVision, unit: Unit
) -> Response:
    """Kept as a draft."""
    if form.data is None:
        return await _draft(request, dependencies, unit, form)
    await write_vision(form.data.words, form.data.changes or "", unit)
    return _to(f"{PAGE}/schrijven")


@router.post("/publiceren")
async def publish(_session: Coordinator, unit: Unit) -> Response:
    """Everybody reads it now."""
    await publish_vision(unit)
    return _to(PAGE)


@router.post("/ondertekenen", dependencies=[Depends(read_in_languages)])
async def sign(
    request: Request, dependencies: TheDependencies, session: MayHost, form: PostedSign, unit: Unit
) -> Response:
    """To the version that stood on the page."""
    if form.data is None:
        return await _page(request, dependencies, session, unit, form)
    for_organisation = form.data.signsFor is SignsFor.ORGANISATION
    await sign_vision(
        session.person_id, session.organisation_id, form.data.version, unit, for_organisation=for_organisation
    )
    return _to(PAGE)


@router.post("/intrekken", dependencies=[Depends(read_in_languages)])
async def withdraw(session: MayHost, unit: Unit) -> Response:
    """Not any more."""
    await withdraw_signature(session.person_id, unit)
    return _to(PAGE)


@router.get("/{version}", dependencies=[Depends(read_in_languages)])
async def earlier(
    request: Request,
    version: Annotated[int, Path(ge=1, le=MOST_VERSIONS)],
    dependencies: TheDependencies,
    unit: Unit,
) -> Response:
    """One of the versions."""
    found = await find_version(version, unit)
    return dependencies.templates.page(request, "vision_version.html", vision=found)


def _to(path: str) -> Response:
    return RedirectResponse(same_language(path), status_code=HTTPStatus.SEE_OTHER)


async def _page(
    request: Request,
    dependencies: Dependencies,
    visitor: Session | None,
    unit: Unit,
    typed: Form[SignForm] | None = None,
) -> Response:
    versions = await list_versions(unit)
    newest = versions[0] if versions else None
    return dependencies.templates.page(
        request,
        "vision.html",
        HTTPStatus.OK if typed is None else HTTPStatus.BAD_REQUEST,
        form=typed_or_empty(typed, SignForm),
        vision=newest,
        earlier=versions[1:],
        signed=await show_signed(newest.version, unit) if newest else None,
        mine=await unit.signatures.get(visitor.person_id) if visitor else None,
        may_sign=visitor is not None and visitor.role in MAY_HOST,
        may_organise=may_organise(visitor),
        signs_for=[(code, translated(words)) for code, words in SIGNS_FOR],
        reaches={"sign": SIGN_VISION, "withdraw": WITHDRAW_SIGNATURE},
    )


async def _draft(
    request: Request, dependencies: Dependencies, unit: Unit, typed: Form[VisionForm] | None = None
) -> Response:
    found, versions = await find_draft(unit), await list_versions(unit)
    words = found.body if found else versions[0].body if versions else ""
    return dependencies.templates.page(
        request,
        "vision_form.html",
        HTTPStatus.OK if typed is None else HTTPStatus.BAD_REQUEST,
        form=typed_or_empty(typed, VisionForm, words=words, changes=found.changes if found else ""),
        draft=found,
        is_first=not versions,
        reaches={"write": WRITE_VISION, "publish": PUBLISH_VISION},
    )
