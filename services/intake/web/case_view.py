"""Everything that the page of a case shows."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from babel.dates import format_date

from services.intake.domain.case import Case
from services.intake.domain.case_state import CaseState
from services.intake.domain.dossier import Dossier, Fact, Note, NoteKind
from services.intake.domain.errors import WHO_CONSENTS
from services.intake.domain.rules import go_first, outgrown
from services.intake.handlers.showing import CaseView
from services.intake.web.case_page import CasePage, reader_of
from services.intake.web.reaches import REACHES
from services.intake.web.timeline_view import lines_of, need_of, planned_of, readable
from services.intake.web.words import AGE_BANDS, MISSING_PARTS, RHYTHMS, STATES, next_steps
from shared.events.base import Urgency
from shared.events.case_codes import MissingPart
from shared.kernel.city import NOT_SHOWN, City
from shared.web.languages import PAGE_LANGUAGE
from shared.web.pages import day

FAMILY: Final = tuple(Fact)
TOLD: Final = ("called", "child", "phone", "birth", "expected")
# Where what the desk misses is filled in.
REPAIRED_AT: Final[Mapping[MissingPart, str]] = {
    MissingPart.WHAT_IS_NEEDED: "inventarisatie",
    MissingPart.FOR_WHOM: "inventarisatie",
    MissingPart.CONSENT: "toestemming",
    MissingPart.HOW_TO_REACH_THE_FAMILY: "contact",
    MissingPart.SOMETHING_ELSE: "inventarisatie",
}
WORDS: Final[Mapping[str, Any]] = {"states": STATES, "age_bands": AGE_BANDS}


def shown(view: CaseView, dossier: Dossier | None, page: CasePage) -> dict[str, Any]:
    """What the template needs; `dossier` is None for who sees the case and may not know the family."""
    city, case, viewer = page.unit.city, view.case, page.viewer
    own = viewer.speaks_for(case.opening.ambassador_id)
    return {
        "viewer": viewer,
        "reader": reader_of(viewer),
        "reach": REACHES,
        "view": view,
        "case": case,
        "dossier": dossier,
        **_where(case, dossier, city),
        **(_told(dossier) if dossier else dict.fromkeys(TOLD)),
        "outgrown": outgrown_of(case, dossier.born, page) if dossier else None,
        "needs": [need_of(each, dossier, city) for each in view.needs],
        "lines": lines_of(view, city),
        "planned": planned_of(view, city.day_of(page.unit.now)),
        "visit_day_came": case.visit is not None and case.visit.planned_for <= city.day_of(page.unit.now),
        "next_steps": next_steps(city, own=own),
        "rhythm": RHYTHMS[case.plan.rhythm],
        "missing": [(MISSING_PARTS[part], REPAIRED_AT[part]) for part in case.missing_parts],
        "own": own,
        "notes": {kind.value: _notes(dossier, kind) for kind in NoteKind},
        "call_too": _is_urgent(view),
        "may_go_first": _may_go_first(view, page),
        **WORDS,
    }


def _told(dossier: Dossier) -> dict[str, Any]:
    facts = (dossier.called, child_of(dossier), readable(dossier.facts.get(Fact.PHONE)), birth_of(dossier))
    return dict(zip(TOLD, (*facts, dossier.expected), strict=True))


def _where(case: Case, dossier: Dossier | None, city: City) -> dict[str, str]:
    return {"district": district_of(case, dossier, city), "address": address_of(case, dossier, "niet bekend")}


def district_of(case: Case, dossier: Dossier | None, city: City) -> str:
    """Where the family lives, in words, for whoever may know that."""
    hidden = dossier.facts.get(Fact.DISTRICT) if dossier else None
    return city.district(case.opening.district or hidden)


def address_of(case: Case, dossier: Dossier | None, nothing: str) -> str:
    """The address, and whether it is secret."""
    address = dossier.facts.get(Fact.ADDRESS) if dossier else None
    if not case.opening.address_is_secret:
        return address or nothing
    sees_it = dossier is not None and Fact.DISTRICT in dossier.facts
    return f"{address or nothing} (geheim)" if sees_it else NOT_SHOWN


def child_of(dossier: Dossier) -> str:
    """Who it is; of a child that has no name yet only the family's."""
    return f"{dossier.facts.get(Fact.FIRST_NAME, 'Het kind dat komt:')} {dossier.facts[Fact.LAST_NAME]}"


def birth_of(dossier: Dossier) -> str:
    """When it was born, or is expected."""
    if dossier.expected:
        return f"nog niet; verwacht in {format_date(dossier.expected, 'MMMM y', locale=PAGE_LANGUAGE)}"
    return day(dossier.born) if dossier.born else "niet bekend"


def outgrown_of(case: Case, born: date | None, page: CasePage) -> str | None:
    """Who must consent now that the child grew, in a sentence; None: nobody anew, or nobody is asked any more."""
    if case.state is CaseState.WITHDRAWN:
        return None
    right = outgrown(case.opening.consent_given_by, born, page.unit.city.day_of(page.unit.now))
    return WHO_CONSENTS[right] if right else None


def _notes(dossier: Dossier | None, kind: NoteKind) -> list[Note]:
    """Of this kind, the newest first."""
    return [note for note in reversed(dossier.notes) if note.kind is kind] if dossier else []


def _is_urgent(view: CaseView) -> bool:
    return view.case.is_open and any(each.need.urgency is Urgency.TODAY and each.stage.is_early for each in view.needs)


def _may_go_first(view: CaseView, page: CasePage) -> list[str]:
    """What a partner can be asked for now already, in words; nothing once the inventory is there."""
    case, city = view.case, page.unit.city
    if case.state not in {CaseState.RECEIVED, CaseState.IN_INVENTORY} or case.pause:
        return []
    asked = {each.need.need_id for each in view.needs if each.progress} | set(case.raised_needs)
    first = set(go_first(case.needs, city.small_basics)) - asked
    return [city.categories.in_sentence(need.category) for need in case.needs if need.need_id in first]
