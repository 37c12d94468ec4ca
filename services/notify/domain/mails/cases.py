"""To the ambassador: what becomes of a whole case."""

from typing import Final

from services.notify.domain.draft import MessageDraft
from services.notify.domain.drafting import about_case, flags
from services.notify.domain.mail import NEVER_STALE, Form, Link, Mail
from services.notify.domain.outcome import Reason
from shared.events.base import ConsentGiver
from shared.events.intake import (
    CaseClosed,
    CasePaused,
    CaseResumed,
    CaseWithdrawn,
    ConsentOutgrown,
    ErasurePlanned,
)
from shared.events.vocabulary import Audience

# The one mail about a withdrawn case that leaves: that it is.
CASE_WITHDRAWN: Final = Mail(
    "case-withdrawn",
    "De aanvraag is ingetrokken",
    Audience.AMBASSADOR,
    stale_when=NEVER_STALE,
)
CASE_CLOSED: Final = Mail(
    "case-closed",
    "De aanvraag is afgesloten",
    Audience.AMBASSADOR,
    link=Link.CASE,
    # Unless it is open again, or withdrawn since: then that is told.
    stale_when=frozenset({Reason.OVERTAKEN, Reason.CASE_WITHDRAWN}),
)
ERASURE_PLANNED: Final = Mail(
    "erasure-planned",
    "Het dossier wordt gewist",
    Audience.AMBASSADOR,
    link=Link.CASE,
    facts={"on": Form.DAY, "closed": Form.FLAG},
    # Unless it goes on: then nothing is erased.
    stale_when=frozenset({Reason.OVERTAKEN}),
)
CASE_PAUSED: Final = Mail(
    "case-paused",
    "De aanvraag rust",
    Audience.AMBASSADOR,
    link=Link.CASE,
    facts={"until": Form.DAY, "wish": Form.WISH},
)
CASE_RESUMED: Final = Mail(
    "case-resumed",
    "De rust is voorbij",
    Audience.AMBASSADOR,
    link=Link.CASE,
    facts={"by_itself": Form.FLAG},
)
CONSENT_OUTGROWN: Final = Mail(
    "consent-outgrown",
    "Vraag opnieuw toestemming",
    Audience.AMBASSADOR,
    link=Link.CASE,
    facts={"alone": Form.FLAG, "together": Form.FLAG},
)


def tell_of_withdrawal(event: CaseWithdrawn) -> MessageDraft:
    """The ambassador knows that everybody stops."""
    return about_case(CASE_WITHDRAWN, event.ambassador_id, event, event.case_code, {})


def tell_of_closing(event: CaseClosed) -> MessageDraft:
    """The ambassador knows that it is closed."""
    return about_case(CASE_CLOSED, event.ambassador_id, event, event.case_code, {})


def tell_of_erasure(event: ErasurePlanned, *, is_closed: bool) -> MessageDraft:
    """The ambassador can still read it, or let it go on."""
    facts = {"on": event.erased_on.isoformat(), **flags(closed=is_closed)}
    return about_case(ERASURE_PLANNED, event.ambassador_id, event, event.case_code, facts)


def tell_of_rest(event: CasePaused) -> MessageDraft:
    """The ambassador knows until when nobody asks anything."""
    facts = {"until": event.until.isoformat(), "wish": event.wished_by.value}
    return about_case(CASE_PAUSED, event.ambassador_id, event, event.case_code, facts)


def tell_that_rest_is_over(event: CaseResumed) -> MessageDraft:
    """The ambassador knows that Schakel goes on."""
    by_itself = flags(by_itself=event.resumed_by is None)
    return about_case(CASE_RESUMED, event.ambassador_id, event, event.case_code, by_itself)


def ask_for_consent(event: ConsentOutgrown) -> MessageDraft:
    """The ambassador knows that nobody new is asked, and who must consent."""
    who = flags(
        alone=event.asked_of is ConsentGiver.YOUNG_PERSON, together=event.asked_of is ConsentGiver.GUARDIAN_AND_CHILD
    )
    return about_case(CONSENT_OUTGROWN, event.ambassador_id, event, event.case_code, who)
