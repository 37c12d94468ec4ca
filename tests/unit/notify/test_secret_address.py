"""A secret address: no mail says where the family lives, whatever was queued before or is told late."""

import pytest

from services.notify.domain.mail import Form, Mail
from services.notify.domain.mails import MAILS
from shared.events import family_safety, intake
from shared.events.base import Event
from tests.unit.notify import builders
from tests.unit.notify.letters import draft_of, written
from tests.unit.notify.twin import Notify

HIDDEN = family_safety.AddressHidden(subject=builders.CASE, occurred_at=builders.NOW)
SHOWN = family_safety.AddressShown(subject=builders.CASE, occurred_at=builders.NOW, district="noord")
SAY_IT: list[Event] = [
    builders.request_received(),
    builders.partner_activated(),
    builders.follow_up_due(),
    builders.no_partner_found(),
]

TELLING = [mail for mail in MAILS.values() if Form.DISTRICT in mail.facts.values()]


def districts(notify: Notify) -> list[str | None]:
    return [one.draft.facts.get("district") for one in notify.messages() if one.draft.case_id == builders.CASE]


@pytest.mark.parametrize("before", [True, False], ids=["queued before", "told late"])
@pytest.mark.parametrize("event", SAY_IT, ids=lambda event: type(event).__name__)
async def test_no_mail_tells_it(notify: Notify, event: Event, *, before: bool) -> None:
    if before:
        await notify.given(event)
        assert "noord" in districts(notify)
    await notify.given(*([HIDDEN] if before else [HIDDEN, event]))
    assert set(districts(notify)) == {None}


async def test_what_left_is_remembered_without_it(notify: Notify) -> None:
    await notify.given(builders.request_received())
    await notify.all_arrive()
    await notify.given(HIDDEN)
    assert set(districts(notify)) == {None}


@pytest.mark.parametrize("mail", TELLING, ids=lambda mail: mail.template)
def test_its_letter_is_whole_without_it(mail: Mail) -> None:
    district = frozenset(fact for fact, form in mail.facts.items() if form is Form.DISTRICT)
    letter = written(draft_of(mail, without=district))
    for text in (letter.text, letter.html):
        assert "Wijk" not in text
        assert "None" not in text


async def test_shown_again_it_is_told_again(notify: Notify) -> None:
    await notify.given(HIDDEN, SHOWN, builders.partner_activated())
    assert districts(notify) == ["noord"]


async def test_erased_it_is_forgotten_that_it_was_secret(notify: Notify) -> None:
    await notify.given(HIDDEN, intake.CaseErased(subject=builders.CASE, occurred_at=builders.NOW))
    assert notify.units.tables.table("secret_addresses") == {}
