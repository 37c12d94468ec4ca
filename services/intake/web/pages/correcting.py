"""What was written down wrongly of a child or its family is put right."""

from collections.abc import Sequence
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from pydantic.alias_generators import to_camel

from services.intake.domain.correction import OF_THE_CHILD, check_open
from services.intake.domain.dossier import Dossier, Fact
from services.intake.domain.rules import may_know_the_address
from services.intake.handlers.correcting import correct_facts
from services.intake.handlers.family_page import sources_of
from services.intake.handlers.showing import CaseView
from services.intake.web.case_page import CALLED, CasePage, TheCasePage
from services.intake.web.correction_form import CorrectionForm, known_values, to_correction
from shared.kernel.city import City
from shared.web.forms import Form, empty_form

KNOWN: Final = tuple(dict.fromkeys((*CALLED, *OF_THE_CHILD, Fact.DISTRICT)))
FIELDS: Final = (
    "child.firstName", "child.lastName", "child.birthDate", "child.expectedMonth", "story", "familyLanguage",
    "interpreterNeeded", "district",
)  # fmt: skip
router = APIRouter(prefix="/aanvragen/{case_id}/verbeteren")


@router.get("")
async def known(page: TheCasePage) -> Response:
    """What stands there now, and since when. Raises NotOpenToCorrect."""
    view, dossier = await page.opens(KNOWN, "correction")
    check_open(view.case)
    return await _shown(page, empty_form(CorrectionForm, **known_values(view.case, dossier)), view, dossier)


@router.post("")
async def correct(request: Request, page: TheCasePage) -> Response:
    """It is kept in the vault; codes that changed are told to the other services."""
    form = await page.reads(request, CorrectionForm, order=FIELDS)
    if form.data is not None:
        command = to_correction(page.case_id, form.data)
        if await page.takes(form, correct_facts(command, page.unit, page.viewer)):
            return page.done("verbeterd")
    return await _shown(page, form, *await page.opens(KNOWN, "correction"))


async def _shown(page: CasePage, form: Form[CorrectionForm], view: CaseView, dossier: Dossier) -> Response:
    city, opening = page.unit.city, view.case.opening
    sources = await sources_of(view.case, page.unit)
    return page.shown(
        "correct.html",
        form,
        view,
        dossier,
        sees_district=may_know_the_address(page.viewer, opening),
        told={to_camel(name): source.day for name, source in sources.items()},
        **_choices(city, opening.family_language, opening.district or dossier.facts.get(Fact.DISTRICT)),
    )


def _choices(city: City, language: str, district: str | None) -> dict[str, Any]:
    """The city's own lists, with what is known already: it may have been taken from them since."""
    return {
        "languages": _with(city.languages.options, language, city.languages.words(language)),
        "districts": _with(city.districts.options, district, city.districts.words(district)) if district else [],
    }


def _with(offered: Sequence[tuple[str, str]], code: str, words: str) -> list[tuple[str, str]]:
    return [*offered, *([] if code in dict(offered) else [(code, words)])]
