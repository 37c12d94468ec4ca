"""All that a family answered about one child's case, oldest first: every method returns the events that it caused."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from services.intake.domain.consent import STANDS, Consent, ConsentState, Purpose, newest_about
from services.intake.domain.consent_given import How
from services.intake.domain.rules import outgrown
from shared.events.base import Code, ConsentGiver, Event, LanguageTag
from shared.events.consents import ConsentExpired, ConsentGiven, ConsentRefused, PartnerConsentWithdrawn

if TYPE_CHECKING:
    from services.intake.domain.case import Case


@dataclass(frozen=True, slots=True)
class WrittenDown:
    """When an answer was, and by whom it was written down (None: the family itself); `ids` makes its id."""

    ids: Callable[[], UUID]
    at: datetime
    on: date
    by: UUID | None


@dataclass(slots=True)
class Consents:
    """Nothing is taken out of it; `ended` and `added` are what has to be stored."""

    case: "Case"
    answers: list[Consent]
    ended: list[Consent] = field(default_factory=list)
    added: list[Consent] = field(default_factory=list)

    @property
    def stopped(self) -> frozenset[UUID]:
        """With whom the family stopped."""
        return frozenset(each.organisation_id for each in self.answers if each.organisation_id)

    def about(self, partner_kind: Code | None) -> Consent | None:
        """What the family said last of this kind of partner; None is every kind."""
        return newest_about(self.answers, partner_kind)

    def answer(self, answer: Consent, *, ends_kinds: bool = False) -> list[Event]:
        """In place of what was said of the same kind, or (`ends_kinds`) of any. The same once more changes nothing."""
        standing = [each for each in self.answers if each.state in STANDS]
        replaced = [
            each for each in standing if each.is_about(each.partner_kind if ends_kinds else answer.partner_kind)
        ]
        passed = self._passed_of_kinds() if ends_kinds else []
        if [each.says for each in replaced] == [answer.says] and not passed:
            return []
        for each in (*replaced, *passed):
            self._end(each, ConsentState.REPLACED, answer.recorded_at)
        self._add(answer)
        fact = {**self._named(answer.recorded_at), "partner_kind": answer.partner_kind}
        return [ConsentGiven(**fact) if answer.state is ConsentState.GIVEN else ConsentRefused(**fact)]

    def _passed_of_kinds(self) -> list[Consent]:
        """What was said last of one kind, and passed: until it is replaced it goes before one of every kind."""
        kinds = dict.fromkeys(each.partner_kind for each in self.answers if each.partner_kind)
        newest = [self.about(kind) for kind in kinds]
        return [each for each in newest if each is not None and each.state is ConsentState.EXPIRED]

    def stop(
        self, organisation_id: UUID, kind: Code | None, written: WrittenDown, language: LanguageTag
    ) -> list[Event]:
        """The family stops with this one for good, whatever it said of the kind; a second time changes nothing.

        `language`: that of the city, for a family that was asked nothing of partners.
        """
        if organisation_id in self.stopped:
            return []
        about, opening = self.about(kind) or self.about(None), self.case.opening
        stop = Consent(
            id=written.ids(),
            case_id=self.case.id,
            organisation_id=organisation_id,
            given_by=about.given_by if about else opening.consent_given_by,
            given_on=written.on,
            text_version=about.text_version if about else opening.consent_text_version,
            language=about.language if about else language,
            interpreter=bool(about and about.interpreter),
            how=How.SPOKEN if written.by else How.OWN_PAGE,
            state=ConsentState.WITHDRAWN,
            recorded_at=written.at,
            recorded_by=written.by,
            ended_at=written.at,
        )
        self._add(stop)
        return [self._stopped(organisation_id, written.at)]

    def take_back(self, at: datetime) -> None:
        """The family stops with everything; that the case ends is the case's own fact."""
        for each in [one for one in self.answers if one.state is ConsentState.GIVEN]:
            self._end(each, ConsentState.WITHDRAWN, at)

    def expire(self, today: date, born: date | None, at: datetime) -> list[Event]:
        """What was given until a day before this one, or by who may not any more now that the child grew, ends.

        One fact for all that ended together, which names just those kinds.
        """
        ending = [each for each in self.answers if each.has_ended_by(today, born)]
        if not ending:
            return []
        for each in ending:
            self._end(each, ConsentState.EXPIRED, at)
        kinds = {each.partner_kind for each in ending}
        asked_of = next((right for each in ending if (right := outgrown(each.given_by, born, today))), None)
        named = tuple(sorted(kind for kind in kinds if kind is not None))
        fact = {**self._named(at), "partner_kinds": named, "every_other": None in kinds}
        return [ConsentExpired(**fact, asked_of=asked_of)]

    def carry(
        self, known: Iterable[Consent], family: Iterable[Consent], right: ConsentGiver, written: WrittenDown
    ) -> list[Event]:
        """What was said of siblings holds for this child: the newest `known` of each kind, and every stop of `family`.

        Each answer keeps its own day, text and state, so that what ended there opens nothing here. `right`: who must
        answer for this child, which who answered together for an older one do.
        """
        # Who is old enough to answer alone says yes for itself alone; its no is a no of the family.
        alone = (ConsentState.GIVEN, ConsentGiver.YOUNG_PERSON)
        speak = [each for each in known if (each.state, each.given_by) != alone]
        oldest_first = sorted(speak, key=lambda each: each.recorded_at)
        kinds = dict.fromkeys(each.partner_kind for each in oldest_first if each.organisation_id is None)
        said = [newest for kind in kinds if (newest := newest_about(oldest_first, kind)) is not None]
        stops: dict[UUID, Consent] = {}
        for each in family:
            if each.organisation_id:
                stops.setdefault(each.organisation_id, each)
        for each in (*said, *stops.values()):
            as_whom = speaks_as(each.given_by, right) or each.given_by
            carried = replace(each, id=written.ids(), case_id=self.case.id, recorded_at=written.at)
            self._add(replace(carried, given_by=as_whom))
        return [self._stopped(organisation_id, written.at) for organisation_id in stops]

    def _end(self, answer: Consent, state: ConsentState, at: datetime) -> None:
        ended = answer.ended(state, at)
        self.answers[self.answers.index(answer)] = ended
        self.ended.append(ended)

    def _add(self, answer: Consent) -> None:
        self.answers.append(answer)
        self.added.append(answer)

    def _stopped(self, organisation_id: UUID, at: datetime) -> PartnerConsentWithdrawn:
        return PartnerConsentWithdrawn(**self._named(at), organisation_id=organisation_id)

    def _named(self, at: datetime) -> dict[str, Any]:
        whose = self.case.opening.ambassador_id
        return {"subject": self.case.id, "occurred_at": at, "case_code": self.case.code, "ambassador_id": whose}


def replaced(case: "Case", consent_id: UUID, by: UUID, at: datetime) -> Consent:
    """The consent to asking that stands in the case, kept beside the newer one that takes its place."""
    opening = case.opening
    return Consent(
        id=consent_id,
        case_id=case.id,
        purpose=Purpose.ASK,
        given_by=opening.consent_given_by,
        given_on=opening.consent_given_on,
        text_version=opening.consent_text_version,
        language=opening.consent_language,
        interpreter=opening.consent_interpreter,
        how=opening.consent_how,
        state=ConsentState.REPLACED,
        recorded_at=at,
        recorded_by=by,
        ended_at=at,
    )


def speaks_as(said: ConsentGiver, right: ConsentGiver) -> ConsentGiver | None:
    """In which capacity these people answer for a child of whom `right` must; None: not all of them answered.

    Who answer together for one child, answer as its guardian for a younger one.
    """
    together = (said, right) == (ConsentGiver.GUARDIAN_AND_CHILD, ConsentGiver.GUARDIAN)
    return right if said is right or together else None
