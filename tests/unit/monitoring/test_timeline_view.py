"""The timeline in words: every event that can stand on it has a sentence, every code in it has words."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any, ClassVar

import pytest

from services.monitoring.domain.timeline import TimelineEntry, case_of, entry_of
from services.monitoring.subscriptions import SUBSCRIPTIONS
from services.monitoring.web.reasons import REASONS
from services.monitoring.web.sentences import COLD, OTHERWISE, SENTENCES
from services.monitoring.web.timeline_view import CODES, Line, line
from shared.events import intake, notify
from shared.events.base import Event
from shared.events.catalogue import events_of, wire_name
from shared.events.matching import PartnerDeclined
from shared.events.monitoring import EscalationReason
from shared.events.referral_codes import ColdReason, DeclineReason, HandoverKind
from shared.events.vocabulary import mails
from tests.parts.city import a_city
from tests.unit.monitoring.builders import AMBASSADOR, CASE, CODE, TUESDAY, an_id, handed_over, referral

# About no case, or about one that is gone.
COLD_REASON = "cold_reason"
ABOUT_NO_CASE = {
    "organisation-listed",
    "person-listed",
    "unusual-reading-found",
    "families-in-hand-changed",
    "check-in-due",
}
# Whoever reads the timeline later need not know that a case stood still, or hid where it lives.
UNSEEN = {"safety-hold-set", "safety-hold-lifted", "address-hidden", "address-shown", "answer-term-renewed"}
NEVER_SHOWN = {"case-erased", "watch-erased"} | ABOUT_NO_CASE | UNSEEN


# A fact that others are made of is said by nobody.
SAID = [event for event in events_of("monitoring") if not event.__subclasses__()]


def kind_of(event: type[Event]) -> str:
    return wire_name(event).split(".")[3]


ON_THE_TIMELINE = {kind_of(event): event for event in (*(each.event for each in SUBSCRIPTIONS), *SAID)}


def test_cold_handover_never_reads_as_warm() -> None:
    warm, cold = (shown(handed_over(TUESDAY, kind)).title for kind in HandoverKind)
    assert "samen kennisgemaakt" in warm
    assert "koud" in cold
    assert SENTENCES[COLD].codes.keys() == set(ColdReason)


def shown(event: Event) -> Line:
    entry = entry_of(event)
    assert entry is not None
    return line(entry, {referral()["organisation_id"]: "Fietsenbank"}, a_city())


def message(template: str) -> dict[str, Any]:
    return {
        "subject": an_id("message"), "occurred_at": TUESDAY, "template": template, "recipient_id": AMBASSADOR,
        "case_id": CASE, "case_code": CODE, "attempt": 1,
    }  # fmt: skip


def codes_of(event: type[Event]) -> Iterator[StrEnum]:
    """Every code that this event can carry where the timeline looks for one."""
    for name in CODES:
        if name in event.model_fields and name != COLD_REASON:
            enum = event.model_fields[name].annotation
            assert isinstance(enum, type)
            assert issubclass(enum, StrEnum)
            yield from enum


def test_every_event_that_comes_on_the_timeline_has_a_sentence_and_no_other() -> None:
    assert SENTENCES.keys() == (ON_THE_TIMELINE.keys() - NEVER_SHOWN) | set(OTHERWISE)


@pytest.mark.parametrize("kind", sorted(ON_THE_TIMELINE.keys() - NEVER_SHOWN))
def test_every_code_of_an_event_has_words_and_no_other(kind: str) -> None:
    codes = SENTENCES[kind].codes
    assert codes.keys() == set(codes_of(ON_THE_TIMELINE[kind]))
    assert all(codes.values())


def test_every_reason_to_be_on_the_list_says_what_can_be_done() -> None:
    assert REASONS.keys() == set(EscalationReason)


def test_line_says_who_and_why() -> None:
    declined = PartnerDeclined(subject=CASE, occurred_at=TUESDAY, **referral(), reason=DeclineReason.NO_CAPACITY)
    assert shown(declined) == Line("Fietsenbank kan nu niet helpen", TUESDAY, "Nu geen plek.", "done")


def test_event_of_a_later_release_is_told_plainly() -> None:
    assert line(TimelineEntry(CASE, TUESDAY, "sibling-found", details={"reason": "no-school"}), {}, a_city()) == Line(
        "Er is iets gebeurd in deze aanvraag", TUESDAY, None, "done"
    )


def test_second_version_of_an_event_keeps_its_sentence() -> None:
    class RequestAcknowledgedV2(intake.RequestAcknowledged):
        version: ClassVar[int] = 2

    later = RequestAcknowledgedV2(subject=CASE, occurred_at=TUESDAY, acknowledged_by=AMBASSADOR)
    assert shown(later).title == "Het Schakelpunt heeft de aanvraag gezien"


@pytest.mark.parametrize("template", sorted(mails()))
def test_mail_is_named_as_notify_named_it(template: str) -> None:
    text = shown(notify.MessageAccepted(**message(template), accepted_at=TUESDAY)).text
    assert text is not None
    assert mails()[template].title in text


def test_mail_says_to_whom_it_went() -> None:
    accepted = notify.MessageAccepted(**message("partner-activated"), accepted_at=TUESDAY)
    assert shown(accepted).text == "Aan de partner: Kun je helpen?"


def test_mail_of_a_later_release_is_told_without_its_name() -> None:
    accepted = notify.MessageAccepted(**message("of-tomorrow"), accepted_at=TUESDAY)
    assert (shown(accepted).title, shown(accepted).text) == ("Een mail is verstuurd", None)


@pytest.mark.parametrize("kind", sorted(ABOUT_NO_CASE))
def test_event_about_no_case_comes_on_no_timeline(kind: str) -> None:
    event = ON_THE_TIMELINE[kind].model_construct(subject=CASE, occurred_at=TUESDAY)
    assert case_of(event) is None
