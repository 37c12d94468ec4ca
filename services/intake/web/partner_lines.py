"""What partners could read of a family before it allowed anything, stage by stage, as its own page tells it."""

from collections.abc import Mapping
from typing import Any, Final

from services.intake.domain.case import Case
from services.intake.domain.timeline import TimelineEntry
from services.intake.handlers.family_page import children_of
from services.intake.web.family_door import FamilyPage
from shared.events.catalogue import kind_of
from shared.events.matching import InformationAnswered, PartnerAccepted, PartnerActivated
from shared.kernel.translatable import to_translate
from shared.web.languages import gettext, translated

# By kind of line on the timeline: what happened, and what that let them read.
_SAID: Final[Mapping[str, tuple[str, str]]] = {
    kind_of(PartnerActivated): (
        to_translate("Wij vroegen hen om hulp: %(need)s."),
        to_translate(
            "Zij konden lezen wat er nodig is, voor wie en hoe snel. En jullie wijk, maar niet bij een geheim adres."
            " En hoe oud het kind ongeveer is. Soms ook de school en jullie taal, als veel gezinnen die hebben."
        ),
    ),
    kind_of(InformationAnswered): (
        to_translate("Je contactpersoon gaf antwoord op hun vraag: %(need)s."),
        to_translate("Zij konden dat antwoord lezen."),
    ),
    kind_of(PartnerAccepted): (
        to_translate("Zij zeiden ja: %(need)s."),
        to_translate("Vanaf toen konden zij ook de school en jullie taal lezen. Wat jullie toestaan, staat apart."),
    ),
}


async def lines_of_partners(page: FamilyPage) -> list[dict[str, Any]]:
    """Of all children on the page; whether they did read it is written down nowhere."""
    return [line for child in await children_of(page.case, page.unit) for line in await _of(child, page)]


async def _of(child: Case, page: FamilyPage) -> list[dict[str, Any]]:
    told = [entry for entry in await page.unit.timeline.list_entries(child.id) if entry.kind in _SAID]
    names = await page.unit.network.read_names({entry.organisation_id for entry in told if entry.organisation_id})
    return [
        {
            "day": page.unit.city.day_of(entry.at),
            "who": names.get(entry.organisation_id) if entry.organisation_id else None,
            "what": translated(_SAID[entry.kind][0]) % {"need": _need(entry, child, page)},
            "read": translated(_SAID[entry.kind][1]),
        }
        for entry in told
    ]


def _need(entry: TimelineEntry, child: Case, page: FamilyPage) -> str:
    """What they were asked for; a need that the inventory dropped since has no words any more."""
    category = next((need.category for need in child.needs if need.need_id == entry.need_id), None)
    return page.city.categories.words(category) if category else gettext("hulp")
