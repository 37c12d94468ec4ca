"""What each button on the ambassador's page of a referral does, by link and signed in. The ambassador speaks for the
family, and the desk may in its place.
"""

from collections.abc import Awaitable
from typing import Final

from services.matching.commands import ConfirmHandover, ConfirmOutcome, HandOverCold, PlanHandover, WriteWords
from services.matching.handlers.family_wish import prefer_another, search_further, stop_search
from services.matching.handlers.handover import confirm_handover, hand_over_cold, plan_handover
from services.matching.handlers.progress import confirm_outcome
from services.matching.handlers.questions import answer_question
from services.matching.ports import MatchingUnit
from services.matching.web.actions import NEXT_ASKED, Action, Actions, Press
from services.matching.web.referral_forms import (
    AnswerForm,
    ColdForm,
    FamilyHandoverForm,
    OutcomeForm,
    PlanForm,
    PressForm,
)
from shared.events.referral_codes import Party
from shared.events.vocabulary import Audience
from shared.web.reach import DESK, Reach

Done = Awaitable[object]
BOTH: Final = (Audience.PARTNER, DESK)


def _plan(press: Press[PlanForm], unit: MatchingUnit) -> Done:
    form = press.form
    return plan_handover(PlanHandover(press.referral_id, form.planned_on, form.planned_time, press.by), unit)


def _met(press: Press[FamilyHandoverForm], unit: MatchingUnit) -> Done:
    return confirm_handover(ConfirmHandover(press.referral_id, Party.AMBASSADOR, press.form.on, press.by), unit)


def _cold(press: Press[ColdForm], unit: MatchingUnit) -> Done:
    form = press.form
    return hand_over_cold(HandOverCold(press.referral_id, form.cold_reason, form.on, press.by), unit)


def _outcome(press: Press[OutcomeForm], unit: MatchingUnit) -> Done:
    return confirm_outcome(ConfirmOutcome(press.referral_id, press.form.outcome, press.by, press.form.rest), unit)


def _answer(press: Press[AnswerForm], unit: MatchingUnit) -> Done:
    return answer_question(WriteWords(press.referral_id, press.form.answer, press.by), unit)


def _further(press: Press[PressForm], unit: MatchingUnit) -> Done:
    return search_further(press.referral_id, unit)


def _enough(press: Press[PressForm], unit: MatchingUnit) -> Done:
    return stop_search(press.referral_id, press.by, unit)


def _another(press: Press[PressForm], unit: MatchingUnit) -> Done:
    return prefer_another(press.referral_id, unit)


def _reach(
    choice: str,
    *mails: str,
    perhaps: tuple[str, ...] = (),
    seen_by: tuple[Audience, ...] = BOTH,
    note: str | None = None,
) -> Reach:
    form = f"POST /doorverwijzingen/link/{{token}} {choice}"
    return Reach(form, mails=mails, perhaps=perhaps, seen_by=seen_by, note=note)


# By the value of the button (`choice`).
FAMILY_ACTIONS: Final[Actions] = {
    "plan": Action(
        PlanForm, _plan, _reach("plan", "handover-planned", "handover-planned-partner"), "De afspraak is doorgegeven."
    ),
    "handover": Action(
        FamilyHandoverForm,
        _met,
        _reach("handover", perhaps=("handover-confirm-partner", "handed-over-partner", "appointment-cancelled")),
        "Genoteerd: jullie hebben kennisgemaakt.",
    ),
    "cold": Action(
        ColdForm,
        _cold,
        _reach("cold", "handed-over-partner", perhaps=("appointment-cancelled",)),
        "Genoteerd: koud, zonder samen kennismaken.",
    ),
    "outcome": Action(
        OutcomeForm,
        _outcome,
        _reach("outcome", perhaps=NEXT_ASKED, note="Heeft het niet geholpen? Dan zoeken we meteen verder."),
        "Dank je wel. Het antwoord van het gezin staat erbij.",
    ),
    "answer": Action(
        AnswerForm, _answer, _reach("answer", "question-answered"), "Je antwoord is verstuurd naar de partner."
    ),
    "further": Action(
        PressForm, _further, _reach("further", perhaps=NEXT_ASKED, seen_by=(DESK,)), "We zoeken nu verder."
    ),
    "enough": Action(PressForm, _enough, _reach("enough", seen_by=(DESK,)), "We zoeken niemand anders meer hiervoor."),
    "another": Action(
        PressForm,
        _another,
        _reach("another", "question-withdrawn", perhaps=NEXT_ASKED),
        "We vragen nu iemand anders.",
    ),
}
