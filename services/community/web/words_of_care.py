"""Codes of thanks in words."""

from collections.abc import Mapping
from typing import Final

from services.community.domain.thanks import HelpKind, ThanksForm

KINDS: Final[Mapping[HelpKind, str]] = {
    HelpKind.FAMILY: "Hulp aan een gezin",
    HelpKind.HOSTING: "Het ontvangen van mensen",
    HelpKind.EXPERIENCE: "Vertellen over eigen ervaring",
    HelpKind.ADVICE: "Meedenken of advies",
    HelpKind.LISTENING: "Luisteren",
    HelpKind.OTHER: "Iets anders",
}
FORMS: Final[Mapping[ThanksForm, str]] = {
    ThanksForm.WORD: "Met een woord van dank",
    ThanksForm.FEE: "Met een vergoeding",
    ThanksForm.HELP_BACK: "Met hulp terug",
}
