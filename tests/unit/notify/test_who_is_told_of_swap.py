"""Given what becomes of going along, and of asks and offers: who reads of it, and what."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from shared.events import swap
from shared.events.base import Role
from shared.events.directory import OrganisationListed
from tests.parts.people import listed
from tests.unit.notify import network
from tests.unit.notify.builders import CONTACT, NOW, PARTNER, SCHOOL
from tests.unit.notify.letters import written
from tests.unit.notify.test_who_is_told_of_the_network import told
from tests.unit.notify.twin import Notify

THING = UUID(int=80)


async def test_who_goes_along_and_who_booked_that_hear_each_step(notify: Notify) -> None:
    fact: Any = {"subject": THING, "person_id": CONTACT}
    await notify.given(listed(CONTACT, PARTNER, Role.PARTNER, at=NOW))
    await notify.given(
        network.network(swap.CompanionAsked, **fact, answer_by=NOW + timedelta(days=1)),
        network.network(swap.CompanyAgreed, **fact, with_person_id=CONTACT),
        network.network(swap.CompanyReminderDue, **fact),
        network.network(swap.CompanionReleased, **fact),
        network.network(swap.CompanyCancelled, **fact),
        network.network(swap.NoCompanionFound, **fact),
        network.network(swap.CompanyEnded, **fact),
    )

    assert told(notify) == [
        (template, CONTACT)
        for template in (
            "companion-asked", "company-agreed", "company-reminder", "companion-withdrew", "company-cancelled",
            "companion-missing", "company-over",
        )
    ]  # fmt: skip
    asked = notify.messages()[0].draft
    assert (asked.about_id, asked.useless_after) == (THING, NOW + timedelta(days=1))
    assert "je hoeft niet te zeggen waarom" in written(asked).text
    assert "/gezichten/ga-mee" in written(asked).text
    assert "Met wie" in written(notify.messages()[1].draft).text


async def test_organisation_reads_who_replied_without_a_name_and_whom_to_call_after_a_yes(notify: Notify) -> None:
    await notify.given(
        OrganisationListed(subject=SCHOOL, occurred_at=NOW, name="School De Verzinner"),
        listed(CONTACT, PARTNER, Role.PARTNER, at=NOW),
    )
    fact: Any = {"subject": THING, "person_id": CONTACT, "organisation_id": SCHOOL}
    await notify.given(
        network.network(swap.NoticeReplied, **fact),
        network.network(swap.ReplyAccepted, **fact, with_person_id=CONTACT),
        network.network(swap.ReplyDeclined, **fact),
        network.network(swap.NoticeEnded, **fact),
    )

    assert told(notify) == [
        (template, CONTACT) for template in ("notice-replied", "reply-accepted", "reply-declined", "notice-ended")
    ]
    replied, accepted, declined, ended = (written(message.draft) for message in notify.messages())
    assert replied.subject == "School De Verzinner reageert op jullie"
    assert notify.messages()[0].draft.facts.keys() == {"organisation"}
    assert "/gezichten/vraag-en-aanbod" in replied.text
    assert "Met wie" in accepted.text
    assert "Deze keer is het niet nodig" in declined.text
    assert "Verleng het" in ended.text
