"""Given what becomes of wishes to meet, appointments and introductions: who reads of it, and what."""

from typing import Any
from uuid import UUID

from shared.events import acquaintance
from shared.events.base import Role
from shared.events.directory import OrganisationListed
from tests.parts.people import listed
from tests.unit.notify import network
from tests.unit.notify.builders import CONTACT, NOW, PARTNER, SCHOOL
from tests.unit.notify.letters import written
from tests.unit.notify.test_who_is_told_of_the_network import told
from tests.unit.notify.twin import Notify

SEAT, GATHERING, THING = UUID(int=70), UUID(int=71), UUID(int=76)


async def test_seat_hears_of_a_wish_that_both_have_and_of_each_step_of_an_appointment(notify: Notify) -> None:
    fact: Any = {"subject": THING, "gathering_id": GATHERING, "seat_id": SEAT}
    await notify.given(
        network.network(acquaintance.SeatIntroduced, subject=SEAT, gathering_id=GATHERING),
        network.network(acquaintance.AppointmentProposed, **fact),
        network.network(acquaintance.AppointmentAgreed, **fact),
        network.network(acquaintance.AppointmentDeclined, **fact),
        network.network(acquaintance.AppointmentMoved, **fact),
        network.network(acquaintance.AppointmentCancelled, **fact),
    )

    assert told(notify) == [
        ("seat-introduced", SEAT),
        ("seat-appointment-proposed", SEAT),
        ("seat-appointment-agreed", SEAT),
        ("seat-appointment-declined", SEAT),
        ("seat-appointment-moved", SEAT),
        ("seat-appointment-cancelled", SEAT),
    ]
    assert [message.draft.about_id for message in notify.messages()] == [SEAT, *[THING] * 5]
    assert "Jullie spreken elkaar nog een keer" in written(notify.messages()[2].draft).text


async def test_two_who_have_an_appointment_both_hear_of_it(notify: Notify) -> None:
    both = (SEAT, UUID(int=72))
    await notify.given(
        *(
            network.network(acquaintance.AppointmentAgreed, subject=THING, gathering_id=GATHERING, seat_id=one)
            for one in both
        )
    )

    assert [reader for _, reader in told(notify)] == list(both)


async def test_organisation_is_asked_without_a_name_and_reads_it_after_a_yes(notify: Notify) -> None:
    await notify.given(
        OrganisationListed(subject=SCHOOL, occurred_at=NOW, name="School De Verzinner"),
        listed(CONTACT, PARTNER, Role.PARTNER, at=NOW),
    )
    fact: Any = {"subject": THING, "person_id": CONTACT, "organisation_id": SCHOOL}
    await notify.given(
        network.network(acquaintance.IntroductionAsked, **fact),
        network.network(acquaintance.IntroductionAccepted, **fact, with_person_id=CONTACT),
        network.network(acquaintance.IntroductionDeclined, **fact),
    )

    assert told(notify) == [
        ("introduction-asked", CONTACT), ("introduction-accepted", CONTACT), ("introduction-declined", CONTACT),
    ]  # fmt: skip
    asked, accepted, declined = (written(message.draft) for message in notify.messages())
    assert asked.subject == "School De Verzinner wil kennismaken"
    assert "Het gaat niet over een kind of een gezin." in asked.text
    assert "/bijeenkomsten/kennismaken" in asked.text
    assert "Met wie" in accepted.text
    assert "Over twaalf weken kun je het weer vragen" in declined.text
    assert notify.messages()[0].draft.facts.keys() == {"organisation"}
