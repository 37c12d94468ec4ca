"""Taking requests in, many at once: the way that must stay fast."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from services.intake.commands import NeedAsked, SubmitRequest
from services.intake.domain.audited import Act
from services.intake.domain.case import Case
from services.intake.domain.child_mark import child_told
from services.intake.domain.dossier import Dossier, Fact, NeedWords
from services.intake.domain.errors import NoCodeFree, UnknownAmbassador
from services.intake.domain.opening import Opening
from services.intake.domain.rules import age_band, age_on, asks_for, go_first
from services.intake.domain.submission_rules import text_not_asked_yet, what_is_wrong
from services.intake.handlers.timeline_entry import entry_of
from services.intake.ports import IntakeUnit
from shared.access.members import Member
from shared.events.base import Cause, Code, Event, Need
from shared.kernel.errors import Refusal, raise_all
from shared.privacy.audit import ITSELF, About, Action, Actor

# With 25 letters in eight places a code is hardly ever taken; three draws in a row never are.
CODE_DRAWS = 3


@dataclass(frozen=True, slots=True)
class _NewCase:
    """A request on its way to become a case; `number` is that of its command."""

    number: int
    opening: Opening
    dossier: Dossier
    district: Code  # also while it is secret
    family_knows: bool


async def submit_requests(
    commands: Sequence[SubmitRequest],
    unit: IntakeUnit,
    traceparents: Sequence[str | None] = (),
    actors: Sequence[Actor] = (),
) -> list[Case | Refusal]:
    """Take many requests in with a handful of statements. A refused one does not harm the others.

    Each event continues the trace in which its own request came, if these are told.
    """
    people = await unit.members.read_many({command.ambassador_id for command in commands})
    results: dict[int, Case | Refusal] = {}
    new: list[_NewCase] = []
    for number, command in enumerate(commands):
        try:
            _check(command, people.get(command.ambassador_id), unit)
        except Refusal as refusal:
            results[number] = refusal
        else:
            new.append(_new_case(number, command, unit))
    results |= await _store(new, unit, dict(enumerate(traceparents)), dict(enumerate(actors)))
    return [results[number] for number in range(len(commands))]


def _check(command: SubmitRequest, person: Member | None, unit: IntakeUnit) -> None:
    """All that is wrong is told at once, by the database's own day."""
    today = unit.city.day_of(unit.now)
    wrong = what_is_wrong(
        command.birth_date, command.consent_given_by, command.consent_given_on, today, command.expected_month
    )
    wrong += text_not_asked_yet(unit.city.consent, command.consent_text_version, command.consent_given_on, wrong)
    if person is None or not asks_for(person.standing, command.organisation_id):
        wrong.append(UnknownAmbassador(command.ambassador_id))
    raise_all(wrong)


def _new_case(number: int, command: SubmitRequest, unit: IntakeUnit) -> _NewCase:
    needs = tuple(_need(asked, unit) for asked in command.needs)
    opening = Opening(
        household_id=command.household_id or unit.ids.new(),
        ambassador_id=command.ambassador_id,
        organisation_id=command.organisation_id,
        district=None if command.address_is_secret else command.district,
        age_band=age_band(age_on(unit.city.day_of(unit.now), command.birth_date)),
        family_language=command.family_language,
        interpreter_needed=command.interpreter_needed,
        consent_given_by=command.consent_given_by,
        consent_given_on=command.consent_given_on,
        consent_text_version=command.consent_text_version,
        needs_asked=needs,
        filed_by=command.filed_by,
        consent_language=command.consented.language,
        consent_how=command.consented.how,
        consent_interpreter=command.consented.interpreter,
    )
    words = {
        need.need_id: NeedWords(asked.words) for need, asked in zip(needs, command.needs, strict=True) if asked.words
    }
    dossier = Dossier(command.case_id or unit.ids.new(), _told(command), words)
    return _NewCase(number, opening, dossier, command.district, command.family_knows)


def _need(asked: NeedAsked, unit: IntakeUnit) -> Need:
    return Need(
        need_id=unit.ids.new(),
        category=asked.category,
        urgency=asked.urgency,
        horizon=asked.horizon,
        beneficiary=asked.beneficiary,
    )


def _told(command: SubmitRequest) -> Mapping[Fact, str]:
    hidden = {Fact.DISTRICT: command.district} if command.address_is_secret else {}
    return {**command.facts, **hidden}


async def _store(
    new: Sequence[_NewCase],
    unit: IntakeUnit,
    traceparents: Mapping[int, str | None],
    actors: Mapping[int, Actor],
) -> dict[int, Case | Refusal]:
    """Give each a code that is free, and store it. Events are published in the order in which help was asked."""
    stored: dict[int, tuple[Case, list[Event]]] = {}
    left = list(new)
    for _ in range(CODE_DRAWS):
        received = [(each, *_receive(each, unit)) for each in left]
        taken = await unit.cases.add([case for _, case, _ in received]) if received else set()
        stored |= {each.number: (case, events) for each, case, events in received if case.id not in taken}
        left = [each for each, case, _ in received if case.id in taken]
    kept = [each for each in new if each.number in stored]
    await unit.vault.add([each.dossier for each in kept], _marks(kept, unit))
    told = {each.number: [fact.value for fact in each.dossier.facts] for each in new}
    for number in sorted(stored):
        if traceparent := traceparents.get(number):
            unit.caused_by(Cause(None, None, traceparent))
        unit.audit.by(actors.get(number, ITSELF))
        await _record(stored[number][0], told[number], unit)
        first, *others = stored[number][1]
        unit.outbox.append(first, *others)
        # That it was received is not a stored line.
        for event in others:
            await unit.timeline.add(entry_of(event, unit))
    refused: dict[int, Case | Refusal] = {each.number: NoCodeFree() for each in left}
    return refused | {number: case for number, (case, _) in stored.items()}


def _marks(new: Sequence[_NewCase], unit: IntakeUnit) -> dict[UUID, bytes]:
    """By which another request for the same child is found."""
    told = {each.dossier.case_id: child_told(each.dossier.facts, each.district) for each in new}
    return {case_id: unit.child_marks.of(child) for case_id, child in told.items() if child}


async def _record(case: Case, facts: Sequence[str], unit: IntakeUnit) -> None:
    """What was told of the family is written down, and by whom; for whom as well, when the desk did it."""
    unit.audit.record(Action.WRITE, About.CASE, case.id, "new-request", fields=facts)
    if filed_by := case.opening.filed_by:
        await unit.vault.record([case.id], Act.FILED, filed_by)


def _receive(new: _NewCase, unit: IntakeUnit) -> tuple[Case, list[Event]]:
    case, received = Case.receive(new.dossier.case_id, unit.codes.new(), new.opening, unit.now)
    first = go_first(case.needs, unit.city.small_basics) if new.family_knows else []
    return case, [received, *case.raise_urgent(first, unit.now)]
