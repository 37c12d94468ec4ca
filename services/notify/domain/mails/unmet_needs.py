"""A need is with no partner: to the ambassador. The desk reads it as a point on its list."""

from typing import Final

from services.notify.domain.draft import MessageDraft
from services.notify.domain.drafting import Facts, district_of
from services.notify.domain.mail import Form, Link, Mail
from shared.events.matching import HelpRuledOut, NoPartnerFound, SearchPostponed
from shared.events.vocabulary import Audience

NOBODY_FOUND: Final = Mail(
    "nobody-found",
    "Nog geen partner gevonden",
    Audience.AMBASSADOR,
    link=Link.CASE,
    facts={"need": Form.NEED, "district": Form.DISTRICT, "how_soon": Form.HOW_SOON, "asked": Form.COUNT},
    may_lack=frozenset({"district"}),
)
SEARCH_POSTPONED: Final = Mail(
    "search-postponed",
    "We zoeken later verder",
    Audience.AMBASSADOR,
    link=Link.CASE,
    facts={"need": Form.NEED, "until": Form.DAY},
)
HELP_UNAVAILABLE: Final = Mail(
    "help-ruled-out",
    "Hiervoor is er nu geen hulp",
    Audience.AMBASSADOR,
    link=Link.CASE,
    facts={"need": Form.NEED, "district": Form.DISTRICT, "reason": Form.UNAVAILABLE},
    may_lack=frozenset({"district"}),
)
# What a partner that is asked after all makes old.
WITH_NOBODY: Final = (NOBODY_FOUND, SEARCH_POSTPONED, HELP_UNAVAILABLE)


def tell_that_nobody_was_found(event: NoPartnerFound) -> MessageDraft:
    """The ambassador knows that it is not forgotten."""
    facts = {**district_of(event), "how_soon": event.urgency.value, "asked": str(event.asked)}
    return _draft(NOBODY_FOUND, event, facts)


def tell_that_search_waits(event: SearchPostponed) -> MessageDraft:
    """The ambassador knows from when the search goes on."""
    return _draft(SEARCH_POSTPONED, event, {"until": event.until.isoformat()})


def tell_that_there_is_no_help(event: HelpRuledOut) -> MessageDraft:
    """The ambassador knows that for this there is no help now, and why."""
    return _draft(HELP_UNAVAILABLE, event, {**district_of(event), "reason": event.reason.value})


def _draft(mail: Mail, event: NoPartnerFound | SearchPostponed | HelpRuledOut, facts: Facts) -> MessageDraft:
    return MessageDraft(
        mail,
        event.ambassador_id,
        occasion=f"{mail.template}:{event.need_id}:{event.occurred_at.isoformat()}",
        about_id=event.need_id,
        case_id=event.subject,
        case_code=event.case_code,
        facts={"need": event.category, **facts},
    )
