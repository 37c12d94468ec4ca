"""Codes of the knowledge base in words."""

from collections.abc import Mapping
from typing import Final

from services.community.domain.article import ArticleKind
from services.community.domain.edition import EditionState
from shared.kernel.translatable import to_translate

KINDS: Final[Mapping[ArticleKind, str]] = {
    ArticleKind.STEPS: to_translate("Zo doe je het"),
    ArticleKind.BACKGROUND: to_translate("Goed om te weten"),
    ArticleKind.WHO: to_translate("Wie doet wat"),
    ArticleKind.AID: to_translate("Hulpmiddel om af te drukken"),
}
STATES: Final[Mapping[EditionState, tuple[str, str]]] = {
    EditionState.DRAFT: ("wordt geschreven", "neutral"),
    EditionState.SUBMITTED: ("wacht op nakijken", "attention"),
    EditionState.NEEDS_CHANGES: ("moet nog anders", "attention"),
    EditionState.PUBLISHED: ("staat op de site", "good"),
    EditionState.SUPERSEDED: ("is vervangen", "neutral"),
}
