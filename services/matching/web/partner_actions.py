"""What each button on the partner's page does, by link and signed in."""

from collections.abc import Awaitable
from typing import Final

from services.matching.commands import (
    AcceptReferral,
    ConfirmHandover,
    DeclineReferral,
    DeliverHelp,
    FailHelp,
    HandOverCold,
    PlanHandover,
    StartHelp,
    WriteWords,
)
from services.matching.domain.days import check_first_contact
from services.matching.handlers.handover import confirm_handover, hand_over_cold, plan_handover
from services.matching.handlers.partner_answers import (
    accept_referral,
    correct_places,
    decline_referral,
    redirect_referral,
    revert_acceptance,
    revert_decline,
    wait_for_partner,
)
from services.matching.handlers.progress import deliver_help, fail_help, start_help
from services.matching.handlers.questions import ask_first
from services.matching.handlers.stopping import confirm_deletion
from services.matching.ports import MatchingUnit
from services.matching.web.actions import NEXT_ASKED, Action, Actions, Press
from services.matching.web.referral_forms import (
    AcceptForm,
    ColdForm,
    DeclineForm,
    FailForm,
    LaterForm,
    PlacesForm,
    PlanForm,
    PressForm,
    QuestionForm,
    RedirectForm,
    StepForm,
)
from shared.events.referral_codes import Party
from shared.events.vocabulary import Audience
from shared.kernel.errors import Invalid
from shared.web.forms import Form
from shared.web.reach import DESK, Reach

Done = Awaitable[object]
BOTH: Final = (Audience.AMBASSADOR, DESK)


def _accept(press: Press[AcceptForm], unit: MatchingUnit) -> Done:
    form = press.form
    return accept_referral(
        AcceptReferral(press.referral_id, form.chosen_contact(), form.first_contact_on, press.by), unit
    )


def _check_day(form: Form[AcceptForm], unit: MatchingUnit) -> None:
    on_day = form.read("first_contact_on")
    if on_day is not None:
        try:
            check_first_contact(on_day, city=unit.city, at=unit.now)
        except Invalid as invalid:
            form.refuse_as(invalid)


def _decline(press: Press[DeclineForm], unit: MatchingUnit) -> Done:
    form = press.form
    return decline_referral(DeclineReferral(press.referral_id, form.reason, form.explanation, form.full_until), unit)


def _places(press: Press[PlacesForm], unit: MatchingUnit) -> Done:
    return correct_places(press.referral_id, press.form.full_until, unit)


def _later(press: Press[LaterForm], unit: MatchingUnit) -> Done:
    return wait_for_partner(press.referral_id, press.form.from_day, unit)


def _redirect(press: Press[RedirectForm], unit: MatchingUnit) -> Done:
    return redirect_referral(press.referral_id, press.form.service, unit)


def _ask(press: Press[QuestionForm], unit: MatchingUnit) -> Done:
    return ask_first(WriteWords(press.referral_id, press.form.question, press.by), unit)


def _revert(press: Press[PressForm], unit: MatchingUnit) -> Done:
    return revert_acceptance(press.referral_id, unit)


def _revert_decline(press: Press[PressForm], unit: MatchingUnit) -> Done:
    return revert_decline(press.referral_id, unit)


def _plan(press: Press[PlanForm], unit: MatchingUnit) -> Done:
    form = press.form
    return plan_handover(PlanHandover(press.referral_id, form.planned_on, form.planned_time, press.by), unit)


def _met(press: Press[StepForm], unit: MatchingUnit) -> Done:
    return confirm_handover(ConfirmHandover(press.referral_id, Party.PARTNER, press.form.on, press.by), unit)


def _cold(press: Press[ColdForm], unit: MatchingUnit) -> Done:
    form = press.form
    return hand_over_cold(HandOverCold(press.referral_id, form.cold_reason, form.on, press.by), unit)


def _start(press: Press[StepForm], unit: MatchingUnit) -> Done:
    return start_help(StartHelp(press.referral_id, press.form.on, press.by), unit)


def _deliver(press: Press[StepForm], unit: MatchingUnit) -> Done:
    return deliver_help(DeliverHelp(press.referral_id, press.form.on, press.by), unit)


def _fail(press: Press[FailForm], unit: MatchingUnit) -> Done:
    return fail_help(FailHelp(press.referral_id, press.form.failure, press.by), unit)


def _deleted(press: Press[PressForm], unit: MatchingUnit) -> Done:
    return confirm_deletion(press.referral_id, press.by, unit)


def _reach(choice: str, *mails: str, perhaps: tuple[str, ...] = (), note: str | None = None) -> Reach:
    return Reach(f"POST /antwoord/{{token}} {choice}", mails=mails, perhaps=perhaps, seen_by=BOTH, note=note)


# By the value of the button (`choice`).
PARTNER_ACTIONS: Final[Actions] = {
    "accept": Action(
        AcceptForm,
        _accept,
        _reach(
            "accept",
            "partner-accepted",
            "help-agreed",
            perhaps=("new-contact", "contact-named"),
            note="Je kunt je ja nog een half uur veranderen.",
        ),
        "Jullie ja is doorgegeven.",
        _check_day,
    ),
    "decline": Action(
        DeclineForm,
        _decline,
        _reach("decline", perhaps=("partner-declined", *NEXT_ASKED), note="We vragen meteen de volgende partner."),
        "Jullie antwoord is doorgegeven.",
    ),
    "later": Action(
        LaterForm,
        _later,
        _reach("later", "partner-waitlisted", note="Het gezin mag kiezen: wachten, of liever een ander."),
        "We geven door vanaf welke dag jullie kunnen helpen.",
    ),
    "redirect": Action(
        RedirectForm,
        _redirect,
        _reach("redirect", perhaps=("partner-redirected", *NEXT_ASKED), note="Past het, dan vragen we hen nu."),
        "Dank je wel voor het meedenken.",
    ),
    "ask": Action(
        QuestionForm,
        _ask,
        _reach("ask", "question-asked", note="Jullie tijd om te antwoorden staat stil tot het antwoord er is."),
        "Jullie vraag is verstuurd. Het antwoord komt per mail.",
    ),
    "revert": Action(
        PressForm,
        _revert,
        _reach("revert", perhaps=("acceptance-reverted", "appointment-cancelled")),
        "Jullie ja is teruggenomen. Kies opnieuw.",
    ),
    "revert-decline": Action(
        PressForm,
        _revert_decline,
        _reach("revert-decline", perhaps=("decline-reverted",)),
        "Jullie nee is teruggenomen. Kies opnieuw.",
    ),
    "places": Action(
        PlacesForm,
        _places,
        Reach("POST /antwoord/{token} places", seen_by=(DESK,), note="Daarmee kiezen we wie we vragen."),
        "Genoteerd: jullie plek klopt weer.",
    ),
    "deleted": Action(
        PressForm,
        _deleted,
        Reach("POST /antwoord/{token} deleted", seen_by=BOTH),
        "Genoteerd: jullie hebben alles gewist. Dank je wel.",
    ),
    "plan": Action(
        PlanForm, _plan, _reach("plan", "handover-planned", "handover-planned-partner"), "De afspraak is doorgegeven."
    ),
    "handover": Action(
        StepForm,
        _met,
        _reach("handover", perhaps=("handover-confirm", "handed-over", "appointment-cancelled")),
        "Genoteerd: jullie hebben kennisgemaakt.",
    ),
    "cold": Action(
        ColdForm,
        _cold,
        _reach("cold", "handed-over", perhaps=("appointment-cancelled",)),
        "Genoteerd: jullie beginnen zonder kennismaken.",
    ),
    "start": Action(StepForm, _start, _reach("start", "help-started"), "Genoteerd: de hulp is begonnen."),
    "deliver": Action(
        StepForm,
        _deliver,
        _reach(
            "deliver", "help-delivered", perhaps=NEXT_ASKED, note="De contactpersoon vraagt het gezin of het helpt."
        ),
        "Genoteerd: de hulp is gegeven.",
    ),
    "fail": Action(
        FailForm,
        _fail,
        _reach(
            "fail",
            "help-stopped",
            perhaps=("appointment-cancelled", *NEXT_ASKED),
            note="We vragen pas iemand anders als het gezin dat wil.",
        ),
        "Genoteerd: de hulp is gestopt.",
    ),
}
