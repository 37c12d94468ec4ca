"""Given what becomes of topics, speakers, experts by experience and the shared vision: who reads of it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from services.notify.domain.outcome import Accepted
from shared.events import community, programme
from shared.events.base import Role
from tests.parts.people import listed
from tests.unit.notify import network
from tests.unit.notify.app import visitor
from tests.unit.notify.builders import CONTACT, COORDINATOR, NOW, PARTNER
from tests.unit.notify.letters import written
from tests.unit.notify.test_who_is_told_of_the_network import DESK, told
from tests.unit.notify.twin import Notify


async def test_desk_hears_of_topics_and_speakers_and_whoever_proposed_what_became_of_it(notify: Notify) -> None:
    topic, gathering = UUID(int=73), UUID(int=71)
    await notify.given(*DESK[:1], listed(CONTACT, PARTNER, Role.PARTNER, at=NOW))
    fact: Any = {"subject": topic, "person_id": CONTACT}
    await notify.given(
        network.network(programme.TopicProposed, **fact),
        network.network(programme.TopicPlanned, **fact, gathering_id=gathering),
        network.network(programme.TopicDeclined, **fact),
        network.network(community.SeatInvited, subject=UUID(int=70), gathering_id=gathering),
        network.network(community.SeatDeclined, subject=UUID(int=70), gathering_id=gathering),
    )

    assert told(notify) == [
        ("topic-proposed", COORDINATOR), ("topic-planned", CONTACT), ("topic-declined", CONTACT),
        ("seat-invited", UUID(int=70)), ("speaker-declined", COORDINATOR),
    ]  # fmt: skip
    pages = [f"onderwerpen/{topic}", str(gathering), "onderwerpen", "", str(gathering)]
    for message, page in zip(notify.messages(), pages, strict=True):
        assert page in written(message.draft).text if page else True


async def test_another_of_the_desk_reads_an_example_and_whoever_wrote_it_hears_when_it_comes_back(
    notify: Notify,
) -> None:
    example, colleague = UUID(int=75), UUID(int=76)
    await notify.given(*DESK[:1], listed(colleague, PARTNER, Role.COORDINATOR, at=NOW))
    fact: Any = {"subject": example, "person_id": COORDINATOR}
    await notify.given(
        network.network(programme.ExampleSubmitted, **fact), network.network(programme.ExampleReturned, **fact)
    )

    assert told(notify) == [("example-waiting", colleague), ("example-returned", COORDINATOR)]
    assert all(f"voorbeelden/{example}" in written(one.draft).text for one in notify.messages())


async def test_expert_by_experience_is_asked_and_desk_hears_that_nobody_is_left(notify: Notify) -> None:
    ask, gathering, when = UUID(int=74), UUID(int=71), NOW + timedelta(days=7)
    await notify.given(*DESK[:1], listed(CONTACT, PARTNER, Role.MEMBER, at=NOW))
    fact: Any = {"subject": ask, "gathering_id": gathering, "person_id": CONTACT, "starts_at": when}
    await notify.given(
        network.network(programme.ExpertAsked, **fact, answer_by=when),
        network.network(programme.ExpertMoved, **fact),
        network.network(programme.ExpertReminderDue, subject=ask, gathering_id=gathering, person_id=CONTACT, days=7),
        network.network(programme.ExpertRevoked, **fact),
        network.network(programme.NoExpertFound, subject=gathering, starts_at=when),
    )

    assert told(notify) == [
        ("expert-asked", CONTACT), ("expert-moved", CONTACT), ("expert-reminder", CONTACT),
        ("expert-called-off", CONTACT), ("expert-missing", COORDINATOR),
    ]  # fmt: skip
    asked, *_, missing = notify.messages()
    assert "/bijeenkomsten/ervaring" in written(asked.draft).text
    assert asked.draft.useless_after == when
    assert f"/bijeenkomsten/{gathering}/ervaring" in written(missing.draft).text


async def test_desk_never_reads_that_somebody_was_asked_as_an_expert_by_experience(notify: Notify) -> None:
    when = NOW + timedelta(days=7)
    fact: Any = {"subject": UUID(int=74), "gathering_id": UUID(int=71), "person_id": CONTACT, "starts_at": when}
    await notify.given(listed(CONTACT, PARTNER, Role.MEMBER, at=NOW))
    await notify.given(
        network.network(programme.ExpertAsked, **fact, answer_by=when),
        network.network(programme.ExpertMoved, **fact),
        network.network(programme.ExpertRevoked, **fact),
    )
    mails = notify.messages()
    asked = await notify.attempt(Accepted())

    async with visitor(notify, Role.COORDINATOR) as desk:
        pages = [
            (await desk.get("/berichten", params=which)).text
            for which in ({}, {"toestand": "accepted"}, {"toestand": "queued"}, {"persoon": str(CONTACT)})
        ]
        assert (await desk.get(f"/berichten/{asked.id}")).status_code == 404
    assert not any(one.draft.mail.title in page for one in mails for page in pages)
    # In a mail with others it would be read by whoever stands in, and by the desk.
    assert all(one.draft.mail.never_waits for one in mails)


async def test_who_signed_an_earlier_vision_is_asked_to_read_the_new_one(notify: Notify) -> None:
    await notify.given(listed(CONTACT, PARTNER, Role.PARTNER, at=NOW))
    await notify.given(network.network(programme.VisionRenewed, subject=UUID(int=75), person_id=CONTACT))

    assert told(notify) == [("vision-renewed", CONTACT)]
    assert "/bijeenkomsten/visie" in written(notify.messages()[0].draft).text
