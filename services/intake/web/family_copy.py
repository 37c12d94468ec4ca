"""Everything that is kept of one child, as its family takes it along for a machine (art. 15 and 20 GDPR).

Whatever has columns of its own is written out field by field, so that a new column is in the copy from its first day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any
from uuid import UUID

from pydantic import BaseModel
from pydantic.alias_generators import to_camel

from services.intake.domain.accepted import AcceptedReferral
from services.intake.domain.case import Case
from services.intake.domain.consent import Consent
from services.intake.domain.dossier import Dossier
from services.intake.domain.family_voice import Experience
from services.intake.domain.left_out import unwanted
from services.intake.handlers.family_page import Told, open_own_facts, sources_of
from services.intake.handlers.showing import CaseView, NeedView, view_of
from services.intake.web.family_door import FamilyPage
from services.intake.web.timeline_view import lines_of

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

PURPOSE = "family-copy"


@dataclass(frozen=True, slots=True)
class Names:
    """Of organisations and professionals, by id: to a family a number says nothing."""

    by_id: Mapping[UUID, str]

    def all_of(self, kept: "DataclassInstance") -> dict[str, Any]:
        """Every field, under its own name."""
        return {_key(each.name): self._written(getattr(kept, each.name)) for each in fields(kept)}

    def of(self, one: UUID | None) -> str | None:
        """Its name; its number where nobody knows that any more."""
        return None if one is None else self.by_id.get(one, str(one))

    def _written(self, value: Any) -> Any:  # noqa: ANN401 - a field of whatever is kept
        if isinstance(value, UUID):
            return self.of(value)
        if isinstance(value, BaseModel):
            return {_key(name): self._written(one) for name, one in value}
        if isinstance(value, frozenset):
            return sorted(value)
        return [self._written(one) for one in value] if isinstance(value, tuple) else value


async def copy_of(case: Case, page: FamilyPage) -> dict[str, Any]:
    """What is known, who helps, what was agreed and answered, and what happened. No address that is secret."""
    unit, view = page.unit, await view_of(case, page.unit)
    dossier = await open_own_facts(case, unit, why=PURPOSE)
    consents, helps = await unit.consents.list_of_case(case.id), await unit.accepted.list_of_case(case.id)
    experiences = await unit.family_voice.list_experiences(case.id)
    names = await _names(view, [*consents, *helps, *experiences], page)
    opening = names.all_of(case.opening)
    return {
        "number": case.code,
        "request": opening,
        "consent": {name: value for name, value in opening.items() if name.startswith("consent")},
        "facts": {fact.value: value for fact, value in dossier.facts.items()},
        "sources": _sources(await sources_of(case, unit), case, dossier, names),
        "needs": [_need(each, dossier, names) for each in view.needs],
        "inventory": names.all_of(case.findings) if case.findings else None,
        "agreed": _agreed(case, names),
        "leftOut": [names.of(one) for one in unwanted(case)],
        "notes": [names.all_of(note) for note in dossier.notes],
        "timeline": [
            {"at": line["at"], "what": line["title"], "text": line["text"]} for line in lines_of(view, unit.city)
        ],
        "partnerConsents": [names.all_of(one) for one in consents],
        "helps": [names.all_of(one) for one in helps],
        "questions": [names.all_of(ask) for ask in await unit.family_voice.list_asks(case.id)],
        "experiences": [names.all_of(one) for one in experiences],
    }


def _sources(sources: Mapping[str, Told], case: Case, dossier: Dossier, names: Names) -> dict[str, Any]:
    """Of each fact, and of each code under its name in the request."""
    codes = {name: _key(name) for name in sources if getattr(case.opening, name, None) is not None}
    known = {**codes, **{fact.value: fact.value for fact in dossier.facts}}
    return {
        known[name]: {"on": told.day, "by": names.of(told.person_id)} for name, told in sources.items() if name in known
    }


def _need(each: NeedView, dossier: Dossier, names: Names) -> dict[str, Any]:
    said = dossier.needs.get(each.need.need_id)
    helper = each.progress.organisation_id if each.progress else None
    return {
        **{_key(name): value for name, value in each.need},
        "words": said.words if said else None,
        "goal": said.goal if said else None,
        "targetOn": said.target_on if said else None,
        "stage": each.stage,
        "organisation": names.of(helper),
        "result": each.result,
    }


def _agreed(case: Case, names: Names) -> dict[str, Any]:
    return {
        "rest": names.all_of(case.pause) if case.pause else None,
        "followUps": names.all_of(case.plan),
        "homeVisit": names.all_of(case.visit) if case.visit else None,
        "handover": names.all_of(case.handover) if case.handover else None,
        "eraseOn": case.erase_on,
    }


async def _names(view: CaseView, kept: Iterable[Consent | AcceptedReferral | Experience], page: FamilyPage) -> Names:
    """Of everybody that any part of the copy names; `kept`: the parts that are of an organisation each."""
    case, unit = view.case, page.unit
    ids: set[UUID | None] = {one.organisation_id for one in (*view.timeline, *kept)}
    ids |= {each.progress.organisation_id for each in view.needs if each.progress}
    known = await unit.network.read_names([one for one in {*ids, case.opening.organisation_id, *unwanted(case)} if one])
    people = {person_id: person.name for person_id, person in page.people.items()}
    return Names({**known, **people})


def _key(name: str) -> str:
    """Under which a field stands: who it is, where its name says that a number of somebody stands there."""
    return to_camel(name.removesuffix("_id") if name not in {"case_id", "need_id"} else name)
