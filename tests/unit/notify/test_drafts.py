"""What the rules draft: the facts that each mail declares, and nothing of what the child needs."""

from datetime import timedelta

import pytest

from services.notify.domain.mail import Form
from services.notify.domain.mails import answers, children, follow_ups, partners, requests, sign_in, unmet_needs
from services.notify.domain.message import MessageDraft
from shared.events.base import Urgency
from shared.events.matching import WithdrawReason
from tests.unit.notify import builders
from tests.unit.notify.builders import COORDINATOR, NOW
from tests.unit.notify.letters import written

ASKED = partners.ask_partner(builders.partner_activated())
YES = answers.tell_of_acceptance(builders.partner_accepted())
AGAIN = NOW + timedelta(days=5)
DRAFTS: dict[str, MessageDraft] = {
    "request received": requests.tell_of_request(builders.request_received()),
    "request received, for today": requests.tell_of_request(builders.request_received(Urgency.TODAY)),
    "partner asked": ASKED,
    "partner reminded": partners.remind_partner(builders.response_reminder_due(), ASKED),
    "partner reminded, first mail forgotten": partners.remind_partner(builders.response_reminder_due(), None),
    "yes": YES,
    "yes taken back": answers.correct_acceptance(builders.acceptance_reverted(), YES),
    "case withdrawn": partners.ask_to_stop(builders.referral_withdrawn())[0],
    "need gone": partners.ask_to_stop(builders.referral_withdrawn(WithdrawReason.NEED_GONE))[0],
    "nobody found": unmet_needs.tell_that_nobody_was_found(builders.no_partner_found(), [])[0],
    "help sought": unmet_needs.tell_that_nobody_was_found(builders.no_partner_found(), [COORDINATOR])[1],
    "follow-up": follow_ups.ask_how_the_child_is(builders.follow_up_due()),
    "follow-up reminder": follow_ups.remind_how_the_child_is(builders.follow_up_reminder_due()),
    "sign-in code": sign_in.send_sign_in_code(builders.sign_in_requested()),
    "out of sight": children.alarm_coordinators(builders.child_out_of_sight(), [COORDINATOR])[0],
    "still out of sight": children.alarm_coordinators(builders.child_out_of_sight(AGAIN), [COORDINATOR])[0],
}
every_draft = pytest.mark.parametrize("draft", DRAFTS.values(), ids=DRAFTS.keys())


@every_draft
def test_draft_brings_exactly_the_facts_that_its_mail_declares(draft: MessageDraft) -> None:
    flags = {fact for fact, form in draft.mail.facts.items() if form is Form.FLAG}

    assert draft.facts.keys() <= draft.mail.facts.keys()
    assert draft.mail.facts.keys() - draft.facts.keys() <= flags | draft.mail.may_lack


@every_draft
def test_letter_tells_nothing_of_what_the_child_needs(draft: MessageDraft) -> None:
    letter = written(draft)

    assert "bike" not in letter.text + letter.html + letter.subject
    assert "fiets" not in letter.text + letter.html + letter.subject
