"""To the coordinators: the points on their list, at once or in one mail on a working day."""

from collections.abc import Iterable
from datetime import date
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from services.notify.domain.draft import MessageDraft
from services.notify.domain.drafting import Facts, about_referral, flags
from services.notify.domain.mail import NEVER_STALE, Bundle, Form, Link, Mail
from shared.events.monitoring import DeletionOverdue, EscalationFact, EscalationReason, PointAssigned
from shared.events.vocabulary import Audience

OF_A_POINT: Final = {
    "point": Form.POINT, "need": Form.NEED, "district": Form.DISTRICT, "how_soon": Form.HOW_SOON, "since": Form.DAY,
    "call": Form.PERSON, "again": Form.FLAG, "times": Form.COUNT,
}  # fmt: skip
NOT_ALWAYS_KNOWN: Final = frozenset({"need", "district", "call"})
DESK_POINT: Final = Mail(
    "desk-point",
    "Wil je hiernaar kijken?",
    Audience.COORDINATOR,
    link=Link.BOARD,
    facts=OF_A_POINT,
    may_lack=NOT_ALWAYS_KNOWN,
    never_waits=True,
)
POINT_ASSIGNED: Final = Mail(
    "point-assigned",
    "Dit punt is nu van jou",
    Audience.COORDINATOR,
    link=Link.BOARD,
    facts=OF_A_POINT | {"given_by": Form.PERSON},
    may_lack=NOT_ALWAYS_KNOWN,
    never_waits=True,
)
POINT_RETURNED: Final = Mail(
    "point-returned",
    "Dit punt is weer van iedereen",
    Audience.COORDINATOR,
    link=Link.BOARD,
    facts=OF_A_POINT,
    may_lack=NOT_ALWAYS_KNOWN,
    never_waits=True,
)
CASES_ON_HOLD: Final = Mail(
    "cases-on-hold",
    "Dossiers die stilstaan",
    Audience.COORDINATOR,
    link=Link.THE_BOARD,
    facts={"count": Form.COUNT, "several": Form.FLAG},
    never_waits=True,
)
DELETION_OVERDUE: Final = Mail(
    "deletion-overdue",
    "Is alles gewist?",
    Audience.COORDINATOR,
    link=Link.BOARD,
    stale_when=NEVER_STALE,
    facts={"partner": Form.PERSON},
    never_waits=True,
)
# What says whose it is, which the next change makes old.
SAYS_WHOSE: Final = (POINT_ASSIGNED, POINT_RETURNED)
# A child that is out of sight has a mail of its own.
TOLD_OTHERWISE: Final = frozenset({EscalationReason.OUT_OF_SIGHT})


def tell_of_point(event: EscalationFact, coordinators: Iterable[UUID]) -> list[MessageDraft]:
    """Every coordinator reads of it; what can wait, in the digest of the next working day."""
    if event.reason in TOLD_OTHERWISE:
        return []
    occasion = f"desk-point:{event.escalation_id}:{event.level}"
    return [_draft(DESK_POINT, person, event, occasion, _facts(event)) for person in coordinators]


def tell_whose_point_it_is(event: PointAssigned) -> list[MessageDraft]:
    """Who was given it by somebody else reads so; and who left it until it came back by itself."""
    occasion = f"point-assigned:{event.escalation_id}:{event.occurred_at.isoformat()}"
    if event.owner_id is not None and event.assigned_by not in {None, event.owner_id}:
        facts = _facts(event) | {"given_by": str(event.assigned_by)}
        return [_draft(POINT_ASSIGNED, event.owner_id, event, occasion, facts)]
    if event.owner_id is None and event.assigned_by is None and event.previous_id is not None:
        return [_draft(POINT_RETURNED, event.previous_id, event, occasion, _facts(event))]
    return []


def tell_that_deletion_is_late(event: DeletionOverdue, coordinators: Iterable[UUID]) -> list[MessageDraft]:
    """Of a case that ended, and so is on no list."""
    facts = {"partner": str(event.contact_id)}
    return [about_referral(DELETION_OVERDUE, person, event, facts) for person in coordinators]


def tell_how_many_stand_still(count: int, day: date, coordinators: Iterable[UUID]) -> list[MessageDraft]:
    """Once a week, and only how many: not which, and not why."""
    year, week, _ = day.isocalendar()
    occasion = f"cases-on-hold:{year}-{week}"
    facts = {"count": str(count), **flags(several=count > 1)}
    about_id = uuid5(NAMESPACE_URL, occasion)
    return [
        MessageDraft(CASES_ON_HOLD, reader, occasion=occasion, about_id=about_id, facts=facts, bundle=Bundle.DESK)
        for reader in coordinators
    ]


def _draft(mail: Mail, reader: UUID, event: EscalationFact, occasion: str, facts: Facts) -> MessageDraft:
    return MessageDraft(
        mail,
        reader,
        occasion=occasion,
        about_id=event.escalation_id,
        case_id=event.subject,
        case_code=event.case_code,
        facts=facts,
        bundle=Bundle.NOTHING if event.at_once else Bundle.DESK,
    )


def _facts(event: EscalationFact) -> dict[str, str]:
    known = {"need": event.category, "district": event.district, "call": event.call_id and str(event.call_id)}
    return {
        "point": event.reason.value,
        "how_soon": event.urgency.value,
        "since": event.since.isoformat(),
        "times": str(event.level),
        **flags(again=event.level > 1),
        **{name: value for name, value in known.items() if value},
    }
