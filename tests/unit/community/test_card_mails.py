"""Writing to somebody through the site: nobody's address is shown, and nothing of it goes over Kafka."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from services.community.domain.card_mail import KEPT_FOR
from services.community.handlers.card_mails import forget_card_mails
from services.community.handlers.cards import ask_about_cards, confirm_card
from shared.access.service_tokens import ServiceTokens
from shared.events.base import Role
from shared.events.card_letters import CARD_LETTERS
from shared.events.cards import CardCheckDue, CardMailed
from shared.events.http import KnownPerson
from tests.parts.keys import ring
from tests.unit.community.test_cards import BAS, NOOR, PAGE, a_network, leaves, read, writes
from tests.unit.community.test_hosting import told
from tests.unit.community.world import Community, an_id

WORDS = "Kun je mij bellen over de voorleesgroep? Groet, Sam"
SAM = an_id(Role.MEMBER)


async def sends(community: Community, words: str = WORDS, role: Role = Role.MEMBER) -> httpx.Response:
    community.people.people[SAM] = KnownPerson(person_id=SAM, name="Sam Verzonnen")
    async with community.visitor(role) as sender:
        return await sender.post(f"{PAGE}/{NOOR}/bericht", data={"words": words})


async def asked(community: Community, about: Any, occasion: str) -> dict[str, Any]:  # noqa: ANN401 - an id
    tokens = ServiceTokens(ring("notify"), "notify", community.clock)
    headers = {"Authorization": f"Bearer {tokens.issue('community')}"}
    async with community.visitor() as notify:
        reply = await notify.post(CARD_LETTERS, json={"aboutId": str(about), "occasion": occasion}, headers=headers)
    answer: dict[str, Any] = reply.json()
    return answer


async def test_mail_is_sent_without_words_or_addresses_on_kafka() -> None:
    community = await a_network()
    await writes(community, mailedBy="network", email="noor@school.example")
    page = await read(community, f"{PAGE}/{NOOR}/bericht", Role.MEMBER)
    assert "noor@school.example" not in page

    assert (await sends(community)).status_code == 303

    (sent,) = told(community, CardMailed)
    assert isinstance(sent, CardMailed)
    assert (sent.person_id, sent.from_person_id) == (NOOR, SAM)
    assert "voorleesgroep" not in sent.model_dump_json()
    assert await asked(community, sent.subject, "card-mail") == {"state": "deliver", "words": WORDS, "columns": []}


async def test_nobody_writes_to_who_did_not_say_so() -> None:
    community = await a_network()
    await writes(community)
    assert (await sends(community)).status_code == 409
    await writes(community, mailedBy="at-the-desk")
    assert (await sends(community)).status_code == 409
    assert (await sends(community, "Kun je mij bellen?", Role.COORDINATOR)).status_code == 303
    async with community.visitor(Role.PARTNER) as noor:
        assert (await noor.post(f"{PAGE}/{NOOR}/bericht", data={"words": WORDS})).status_code == 409
    async with community.visitor(Role.MEMBER) as sender:
        assert (await sender.post(f"{PAGE}/{BAS}/bericht", data={"words": WORDS})).status_code == 409


async def test_mail_that_waits_is_not_sent_once_its_reader_wants_none() -> None:
    community = await a_network()
    await writes(community, mailedBy="network")
    await sends(community)
    (sent,) = told(community, CardMailed)
    await writes(community, mailedBy="at-the-desk")
    assert (await asked(community, sent.subject, "card-mail"))["state"] == "no-longer-needed"


@pytest.mark.parametrize("gone", [NOOR, SAM])
async def test_mail_goes_with_who_leaves(gone: Any) -> None:  # noqa: ANN401 - an id
    community = await a_network()
    await writes(community, mailedBy="network")
    await sends(community)
    (sent,) = told(community, CardMailed)
    await leaves(community, gone)
    assert (await asked(community, sent.subject, "card-mail"))["state"] == "no-longer-needed"
    assert "voorleesgroep" not in str(community.units.tables.table("card_mails"))


async def test_mail_that_tells_who_somebody_is_is_refused() -> None:
    community = await a_network()
    await writes(community, mailedBy="network")
    for words in ("Kun je Fatima helpen?", "Bel mij op 06 12345678", "Kom naar Havenstraat 12"):
        assert (await sends(community, words)).status_code == 400
    assert told(community, CardMailed) == []


async def test_nobody_gets_many_mails_of_the_same_person() -> None:
    community = await a_network()
    await writes(community, mailedBy="network")
    async with community.visitor(Role.MEMBER) as sender:
        replies = [await sender.post(f"{PAGE}/{NOOR}/bericht", data={"words": "Bel je mij?"}) for _ in range(4)]
    assert [one.status_code for one in replies] == [303, 303, 303, 429]


async def test_reader_reads_it_on_the_site_and_nobody_else() -> None:
    community = await a_network()
    await writes(community, mailedBy="network")
    await sends(community)
    (sent,) = told(community, CardMailed)
    path = f"{PAGE}/berichten/{sent.subject}"
    own = await read(community, path, Role.PARTNER)
    assert ("voorleesgroep" in own, "Sam Verzonnen" in own, f"{PAGE}/{SAM}" in own) == (True, True, True)
    async with community.visitor(Role.COORDINATOR) as other:
        assert (await other.get(path)).status_code == 404


async def test_mail_is_forgotten_after_two_weeks() -> None:
    community = await a_network()
    await writes(community, mailedBy="network")
    await sends(community)
    community.moves_to(community.now + KEPT_FOR + timedelta(hours=1))
    async with community.units.begin() as unit:
        await forget_card_mails(unit)
        assert await unit.card_mails.list_of_person(NOOR) == []


async def test_owner_is_asked_once_a_year_with_what_each_reads() -> None:
    community = await a_network()
    await writes(community, seenByPhone="network")
    for days, due in ((363, 0), (1, 1), (1, 1)):
        community.moves_to(community.now + timedelta(days=days))
        async with community.units.begin() as unit:
            await ask_about_cards(unit)
        assert len(told(community, CardCheckDue)) == due

    letter = await asked(community, NOOR, "card-check")
    lines = {one["title"]: one["lines"] for one in letter["columns"]}
    phone = ["Telefoon op het werk: 010 123 4567"]
    assert lines == {"Het netwerk": phone, "De coördinator": phone, "Wie je code heeft": []}
    async with community.units.begin() as unit:
        await confirm_card(NOOR, unit)
    assert (await asked(community, NOOR, "card-check"))["state"] == "no-longer-needed"
