"""For the desk: how families found the help, in numbers for each organisation."""

from typing import Final

from fastapi import APIRouter, Request, Response

from services.intake.domain.family_voice import FEWEST_FAMILIES, HelpFelt
from services.intake.handlers.experiences import show_felt
from services.intake.web.dependencies import TheDependencies, TheDesk, Unit
from shared.events.family_voice import Felt

QUESTIONS: Final = (
    ("welcome", "Welkom: voelden jullie je welkom?"),
    ("fitting", "Aansluiten: paste de hulp bij jullie?"),
    ("tailored", "Maatwerk: luisterden ze naar wat jullie zelf wilden?"),
)
ANSWERS: Final = ((Felt.YES, "Ja"), (Felt.A_LITTLE, "Een beetje"), (Felt.NO, "Nee"))
router = APIRouter(prefix="/aanvragen")


@router.get("/hoe-was-de-hulp")
async def help_felt(request: Request, viewer: TheDesk, unit: Unit, dependencies: TheDependencies) -> Response:
    """Nothing of what one family answered, and nothing of an organisation of which few did."""
    organisations = [(name, felt.families, _counts(felt)) for name, felt in await show_felt(unit, viewer)]
    answers = [words for _, words in ANSWERS]
    return dependencies.templates.page(
        request, "help_felt.html", organisations=organisations, answers=answers, fewest=FEWEST_FAMILIES
    )


def _counts(felt: HelpFelt) -> list[tuple[str, list[int]]]:
    """By question, how often each answer was given."""
    return [(words, [getattr(felt, question)[code] for code, _ in ANSWERS]) for question, words in QUESTIONS]
