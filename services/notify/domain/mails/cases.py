"""To the ambassador: what becomes of a whole case."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from services.notify.domain.draft import MessageDraft
from services.notify.domain.drafting import about_case, flags
from services.notify.domain.mail import NEVER_STALE, Form, Link, Mail
from services.notify.domain.outcome import Reason
from shared.events.base import ConsentGiver
from shared.events.consents import ConsentExpired
from shared.events.family_voice import FamilyAsked
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
CONSENT_EXPIRED: Final = Mail(
    "consent-expired",
    "Vraag opnieuw wat partners mogen lezen",
    Audience.AMBASSADOR,
    link=Link.CASE,
    facts={
        "kinds": Form.KINDS,
        "others": Form.FLAG,
        "alone": Form.FLAG,
        "together": Form.FLAG,
        "guardian": Form.FLAG,
    },
    may_lack=frozenset({"kinds"}),
    adds_up=True,
)
FAMILY_ASKED: Final = Mail("family-asked", "Het gezin vraagt iets", Audience.AMBASSADOR, link=Link.CASE)


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
    return about_case(CONSENT_OUTGROWN, event.ambassador_id, event, event.case_code, _asked(event.asked_of))


def ask_what_partners_may_read(event: ConsentExpired) -> MessageDraft:
    """The ambassador knows of which kinds to ask anew, of whom, and that those partners read nothing until then."""
    which = {**_named(event.partner_kinds), **flags(others=event.every_other)}
    facts = {**which, **_asked(event.asked_of), **flags(guardian=event.asked_of is ConsentGiver.GUARDIAN)}
    return about_case(CONSENT_EXPIRED, event.ambassador_id, event, event.case_code, facts)


def still_to_ask(draft: MessageDraft, answered: str | None) -> MessageDraft | None:
    """The same mail without the kind that the family answered by now (None: every other); None: all is answered."""
    kinds = draft.facts["kinds"].split(",") if "kinds" in draft.facts else []
    left = {name: said for name, said in draft.facts.items() if name not in {"kinds", "others"}}
    which = {
        **_named([kind for kind in kinds if kind != answered]),
        **flags(others="others" in draft.facts and answered is not None),
    }
    occasion = f"{draft.occasion}:without {answered or 'every other'}"
    return replace(draft, facts={**which, **left}, occasion=occasion) if which else None


def asks_about(draft: MessageDraft, kind: str | None) -> bool:
    """Whether this mail asks what partners of this kind (None: every other) may read."""
    return "others" in draft.facts if kind is None else kind in draft.facts.get("kinds", "").split(",")


def _named(kinds: Sequence[str]) -> dict[str, str]:
    return {"kinds": ",".join(kinds)} if kinds else {}


def _asked(of: ConsentGiver | None) -> dict[str, str]:
    return flags(alone=of is ConsentGiver.YOUNG_PERSON, together=of is ConsentGiver.GUARDIAN_AND_CHILD)


def tell_that_family_asks(event: FamilyAsked) -> MessageDraft:
    """The ambassador knows that there is something to read, and not what."""
    return about_case(FAMILY_ASKED, event.ambassador_id, event, event.case_code, {})
