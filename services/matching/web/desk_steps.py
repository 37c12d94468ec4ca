"""What each button of the desk on a need does: its form, its handler, whom it reaches, and what the page then says."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Generic
from uuid import UUID

from services.matching.domain.errors import NotOnTheMap
from services.matching.handlers.desk_needs import DeskAct
from services.matching.handlers.desk_search import ask_chosen, look_again, say_no_help, skip, wait_until
from services.matching.handlers.outside_map import ask_outside
from services.matching.ports import MatchingUnit
from services.matching.web.actions import NEXT_ASKED, FormT
from services.matching.web.desk_forms import NoHelpForm, OutsideForm, ReasonForm, SeenForm, WaitForm
from shared.access.sessions import Session
from shared.events.vocabulary import Audience
from shared.kernel.errors import Invalid, Refusal
from shared.web.forms import Form
from shared.web.reach import DESK, Reach

Done = Awaitable[object]
PATH: Final = "/doorverwijzingen/hulpvraag"
SEES: Final = (DESK, Audience.AMBASSADOR)
# Who is asked gets a mail, and the ambassador hears of it; who had the question and said yes for later is told to stop.
ASKED: Final = ("partner-activated",)
ASKED_PERHAPS: Final = ("partner-asked", "question-withdrawn")


@dataclass(frozen=True, slots=True)
class DeskPress(Generic[FormT]):
    """What was pressed: the form that came with it, about which need, by whom; `service_id` from the address."""

    form: FormT
    act: DeskAct
    service_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class DeskStep(Generic[FormT]):
    """One button. `perform` raises what the handler refuses; `Invalid` belongs at a field of the form."""

    form: type[FormT]
    perform: Callable[[DeskPress[FormT], MatchingUnit], Done]
    reach: Reach
    done: str


def _ask(press: DeskPress[ReasonForm], unit: MatchingUnit) -> Done:
    if press.service_id is None:
        raise NotOnTheMap
    return ask_chosen(press.act, press.service_id, press.form.reason, unit)


def _outside(press: DeskPress[OutsideForm], unit: MatchingUnit) -> Done:
    return ask_outside(press.act, press.form.outsider, press.form.reason, unit)


def _skip(press: DeskPress[ReasonForm], unit: MatchingUnit) -> Done:
    return skip(press.act, press.form.reason, unit)


def _wait(press: DeskPress[WaitForm], unit: MatchingUnit) -> Done:
    return wait_until(press.act, press.form.until, press.form.reason, unit)


def _no_help(press: DeskPress[NoHelpForm], unit: MatchingUnit) -> Done:
    return say_no_help(press.act, press.form.reason, unit)


def _again(press: DeskPress[SeenForm], unit: MatchingUnit) -> Done:
    return look_again(press.act, unit)


def _reach(path: str, *mails: str, perhaps: tuple[str, ...] = (), note: str | None = None) -> Reach:
    return Reach(f"POST {PATH}/{{need_id}}/{path}", mails=mails, perhaps=perhaps, seen_by=SEES, note=note)


ASK: Final = DeskStep(
    ReasonForm, _ask, _reach("vragen/{service_id}", *ASKED, perhaps=ASKED_PERHAPS), "De partner is gevraagd."
)
OUTSIDE: Final = DeskStep(
    OutsideForm, _outside, _reach("buiten-de-kaart", *ASKED, perhaps=ASKED_PERHAPS), "De organisatie is gevraagd."
)
SKIP: Final = DeskStep(
    ReasonForm,
    _skip,
    _reach("overslaan", perhaps=(*NEXT_ASKED, "question-withdrawn"), note="We vragen meteen de volgende partner."),
    "De vraag is teruggenomen. We zoeken meteen verder.",
)
WAIT: Final = DeskStep(
    WaitForm,
    _wait,
    _reach("wachten", "search-postponed", perhaps=NEXT_ASKED),
    "We wachten. Op die dag gaat het zoeken vanzelf verder.",
)
NO_HELP: Final = DeskStep(
    NoHelpForm,
    _no_help,
    _reach("geen-hulp", "help-unavailable", perhaps=NEXT_ASKED),
    "Bewaard: hiervoor is nu geen hulp.",
)
AGAIN: Final = DeskStep(SeenForm, _again, _reach("opnieuw", perhaps=NEXT_ASKED), "We zoeken opnieuw.")
# By the last part of the address.
DESK_STEPS: Final[Mapping[str, DeskStep[Any]]] = {
    "vragen": ASK,
    "buiten-de-kaart": OUTSIDE,
    "overslaan": SKIP,
    "wachten": WAIT,
    "geen-hulp": NO_HELP,
    "opnieuw": AGAIN,
}
REACHES: Final = {name: step.reach for name, step in DESK_STEPS.items()}


async def take_step(
    step: DeskStep[Any],
    form: Form[Any],
    need_id: UUID,
    session: Session,
    unit: MatchingUnit,
    service_id: UUID | None = None,
) -> Refusal | None:
    """Do what the button says; what is refused is undone, and stands at its field or is given back."""
    if form.data is None:
        return None
    act = DeskAct(need_id, session.person_id, form.data.seen)
    try:
        async with unit.savepoint():
            await step.perform(DeskPress(form.data, act, service_id), unit)
    except Invalid as invalid:
        form.refuse_as(invalid)
    except Refusal as refusal:
        return refusal
    return None
