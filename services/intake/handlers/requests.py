"""Taking requests in, many at once: the way that must stay fast."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.intake.commands import SubmitRequest
from services.intake.domain.case import Case, ConsentGiven, Opening
from services.intake.domain.dossier import Dossier, given
from services.intake.domain.errors import NoCodeFree, UnknownAmbassador
from services.intake.domain.request import what_is_wrong
from services.intake.domain.rules import age_band, age_on, day_in_city
from services.intake.ports import IntakeUnit, Person
from shared.events.base import Event, Need
from shared.kernel.errors import Refusal, SeveralInvalid

# With 25 letters in eight places a code is hardly ever taken; three draws in a row never are.
CODE_DRAWS = 3


@dataclass(slots=True)
class _Draft:
    """A request on its way to become a case."""

    place: int
    opening: Opening
    dossier: Dossier


async def submit_request(command: SubmitRequest, unit: IntakeUnit) -> Case:
    """Take one request in. Raises what `submit_requests` returns."""
    (outcome,) = await submit_requests([command], unit)
    if isinstance(outcome, Refusal):
        raise outcome
    return outcome


async def submit_requests(commands: Sequence[SubmitRequest], unit: IntakeUnit) -> list[Case | Refusal]:
    """Take many requests in with a handful of statements. A refused one does not harm the others."""
    people = await unit.network.people({command.ambassador_id for command in commands})
    outcomes: dict[int, Case | Refusal] = {}
    drafts: list[_Draft] = []
    for place, command in enumerate(commands):
        try:
            _check(command, people.get(command.ambassador_id), unit)
        except Refusal as refusal:
            outcomes[place] = refusal
        else:
            drafts.append(_draft(place, command, unit))
    outcomes |= await _store(drafts, unit)
    return [outcomes[place] for place in range(len(commands))]


def _check(command: SubmitRequest, person: Person | None, unit: IntakeUnit) -> None:
    """All that is wrong is told at once, by the database's own day."""
    wrong = what_is_wrong(command.child.birth_date, command.consent.given_by, command.consent.given_on, unit.now)
    if person is None or not person.asks_for(command.organisation_id):
        wrong.append(UnknownAmbassador(command.ambassador_id))
    if wrong:
        raise wrong[0] if len(wrong) == 1 else SeveralInvalid(wrong)


def _draft(place: int, command: SubmitRequest, unit: IntakeUnit) -> _Draft:
    needs = tuple(
        Need(
            need_id=unit.ids.new(),
            category=asked.category,
            urgency=asked.urgency,
            horizon=asked.horizon,
            beneficiary=asked.beneficiary,
        )
        for asked in command.needs
    )
    opening = Opening(
        ambassador_id=command.ambassador_id,
        organisation_id=command.organisation_id,
        district=command.district,
        age_band=age_band(age_on(day_in_city(unit.now), command.child.birth_date)),
        family_language=command.family.language,
        interpreter_needed=command.family.interpreter_needed,
        consent=ConsentGiven(command.consent.given_by, command.consent.given_on, command.consent.text_version),
        needs=needs,
    )
    return _Draft(place, opening, _dossier(unit.ids.new(), command, needs))


def _dossier(case_id: UUID, command: SubmitRequest, needs: tuple[Need, ...]) -> Dossier:
    facts = given(
        first_name=command.child.first_name,
        last_name=command.child.last_name,
        birth_date=command.child.birth_date.isoformat(),
        contact_name=command.family.contact_name,
        phone=command.family.phone,
        email=command.family.email,
        address=command.family.address,
        story=command.story,
        consent_name=command.consent.name,
    )
    words = {need.need_id: asked.words for need, asked in zip(needs, command.needs, strict=True) if asked.words}
    return Dossier(case_id, facts, words)


async def _store(drafts: Sequence[_Draft], unit: IntakeUnit) -> dict[int, Case | Refusal]:
    """Give every draft a code that is free, and store it. Facts are said in the order in which they were asked."""
    stored: dict[int, tuple[Case, Event]] = {}
    left = list(drafts)
    for _ in range(CODE_DRAWS):
        received = [(draft, *_receive(draft, unit)) for draft in left]
        taken = await unit.cases.add([case for _, case, _ in received]) if received else set()
        stored |= {draft.place: (case, fact) for draft, case, fact in received if case.id not in taken}
        left = [draft for draft, case, _ in received if case.id in taken]
    await unit.vault.put([draft.dossier for draft in drafts if draft.place in stored])
    unit.outbox.append(*(stored[place][1] for place in sorted(stored)))
    refused: dict[int, Case | Refusal] = {draft.place: NoCodeFree() for draft in left}
    return refused | {place: case for place, (case, _) in stored.items()}


def _receive(draft: _Draft, unit: IntakeUnit) -> tuple[Case, Event]:
    return Case.receive(draft.dossier.case_id, unit.codes.new(), draft.opening, unit.now)
