"""A coordinator looks a mail up: did it arrive, what did it say, and once more."""

import logging
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

import httpx
import pytest

from services.notify.domain.message import MessageState
from services.notify.domain.outcome import Accepted, Refused
from shared.events import monitoring
from shared.events.base import Event, Role
from shared.events.http import KnownPerson
from shared.events.intake import CaseResumed
from shared.events.notify import RefusalKind
from shared.events.referral_contacts import ContactReplaced
from tests.twins.people_book import InMemoryPeopleBook
from tests.unit.notify import builders, network
from tests.unit.notify.app import visitor
from tests.unit.notify.builders import AMBASSADOR, CASE, CODE, COLLEAGUE, CONTACT, DEPUTY
from tests.unit.notify.letters import LINK, SHORT_CODE
from tests.unit.notify.twin import Notify

ADDRESS = "noor@zevensprong.example"
NOOR = KnownPerson(person_id=AMBASSADOR, name="Noor Verzonnen", organisations=("Basisschool De Zevensprong",))
ZOE = KnownPerson(person_id=CONTACT, name="Zoë Verzonnen", phone="010 765 43 21")


@pytest.fixture
def people() -> InMemoryPeopleBook:
    book = InMemoryPeopleBook(NOOR, ZOE)
    book.addresses = {ADDRESS: AMBASSADOR}
    return book


@pytest.fixture
async def desk(notify: Notify, people: InMemoryPeopleBook) -> AsyncIterator[httpx.AsyncClient]:
    async with visitor(notify, Role.COORDINATOR, people) as http:
        yield http


async def two_mails(notify: Notify) -> tuple[UUID, UUID]:
    """One to the ambassador, which arrived, and one to the partner, which did not."""
    await notify.given(builders.request_received())
    arrived = await notify.attempt(Accepted())
    await notify.given(builders.partner_activated())
    refused = await notify.attempt(Refused(RefusalKind.REFUSED_BY_SERVER, 550))
    return arrived.id, refused.id


@pytest.mark.parametrize("typed", [CODE, " ktrn 47wx", "ktrn47wx"])
async def test_number_finds_every_mail_about_the_case(notify: Notify, desk: httpx.AsyncClient, typed: str) -> None:
    await two_mails(notify)

    reply = await desk.post("/berichten/zoek", data={"zoek": typed})

    assert (reply.status_code, reply.headers["Location"]) == (303, f"/berichten?nummer={CODE}")
    page = (await desk.get(reply.headers["Location"])).text
    assert ("Aanvraag ontvangen" in page, "Kun je helpen?" in page) == (True, True)
    assert "Er zijn geen mails die hierbij horen." in (await desk.get("/berichten?nummer=KR9X-QXGQ")).text


async def test_case_links_to_its_mails(notify: Notify, desk: httpx.AsyncClient) -> None:
    await two_mails(notify)

    assert "Aanvraag ontvangen" in (await desk.get(f"/berichten?dossier={CASE}")).text
    assert "Aanvraag ontvangen" not in (await desk.get(f"/berichten?dossier={CONTACT}")).text


async def test_address_finds_the_mails_of_its_owner_and_stands_nowhere(
    notify: Notify, desk: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    await two_mails(notify)
    caplog.set_level(logging.DEBUG)

    reply = await desk.post("/berichten/zoek", data={"zoek": f" {ADDRESS} "})
    page = await desk.get(reply.headers["Location"])

    assert ("Aanvraag ontvangen" in page.text, "Kun je helpen?" in page.text) == (True, False)
    assert "Mails aan Noor Verzonnen" in page.text
    everywhere = [reply.headers["Location"], reply.text, page.text, caplog.text, str(notify.units.tables.__dict__)]
    assert [place for place in everywhere if "noor@" in place or "noor%40" in place] == []


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("wie@elders.example", "dit mailadres kennen we niet."),
        ("Noor", "typ een nummer, of een heel mailadres."),
        ("", "typ een nummer, of een heel mailadres."),
    ],
)
async def test_what_nothing_is_found_by_is_said_at_the_field_without_what_was_typed(
    desk: httpx.AsyncClient, typed: str, problem: str
) -> None:
    reply = await desk.post("/berichten/zoek", data={"zoek": typed})

    assert (reply.status_code, problem in reply.text) == (400, True)
    assert "elders.example" not in reply.text


async def test_address_that_cannot_be_asked_now_says_so(desk: httpx.AsyncClient, people: InMemoryPeopleBook) -> None:
    people.away = True

    assert (await desk.post("/berichten/zoek", data={"zoek": ADDRESS})).status_code == 503


async def test_page_of_a_mail_says_to_whom_when_and_what_it_said_and_opens_nothing(
    notify: Notify, desk: httpx.AsyncClient
) -> None:
    arrived, refused = await two_mails(notify)

    page = (await desk.get(f"/berichten/{arrived}")).text
    assert "Noor Verzonnen (Basisschool De Zevensprong)" in page
    assert ("Klopt er iets niet" in page, "Je aanvraag is goed aangekomen." in page, "Dag Noor" in page) == (
        False,
        True,
        True,
    )
    assert "verstuurd" in page
    page = (await desk.get(f"/berichten/{refused}")).text
    assert ("De mailserver weigert deze mail." in page, "(hier stond een knop)" in page) == (True, True)
    assert [secret for secret in (LINK, SHORT_CODE, "/antwoord/") if secret in page] == []


async def test_page_of_a_mail_names_nobody_while_names_cannot_be_asked(
    notify: Notify, desk: httpx.AsyncClient, people: InMemoryPeopleBook
) -> None:
    arrived, _ = await two_mails(notify)
    people.away = True

    reply = await desk.get(f"/berichten/{arrived}")
    assert (reply.status_code, "Je aanvraag is goed aangekomen." in reply.text) == (200, True)


async def test_digest_shows_its_parts(notify: Notify, people: InMemoryPeopleBook) -> None:
    await notify.given(builders.person_joined(builders.COORDINATOR), builders.point(monitoring.EscalationRaised))
    await notify.time_passes(timedelta(days=1))
    digest = next(one for one in notify.messages() if one.draft.mail.is_digest)

    async with visitor(notify, Role.COORDINATOR, people) as desk:
        page = (await desk.get(f"/berichten/{digest.id}")).text
    assert page.count("Wil je hiernaar kijken?") == 1
    assert "De partner heeft nog niet geantwoord." in page


async def test_mail_that_arrived_is_sent_once_more_to_the_same_person(notify: Notify, desk: httpx.AsyncClient) -> None:
    arrived, _ = await two_mails(notify)
    page = (await desk.get(f"/berichten/{arrived}")).text
    assert "Dit gaat naar:</strong> de Bliep-ambassadeur" in page

    replies = [await desk.post(f"/berichten/{arrived}/nog-een-keer") for _ in range(2)]

    first, again = [one for one in notify.messages() if one.draft.recipient_id == AMBASSADOR]
    assert {reply.headers["Location"] for reply in replies} == {f"/berichten/{again.id}?opnieuw=ja"}
    assert (again.state, again.draft.facts, again.draft.mail) == (
        MessageState.QUEUED,
        first.draft.facts,
        first.draft.mail,
    )
    page = (await desk.get(f"/berichten/{arrived}")).text
    assert ("Een nieuwere mail zegt hetzelfde" in page, "Stuur nog een keer" in page) == (True, False)


async def test_mail_goes_again_only_to_whom_it_still_concerns(notify: Notify, desk: httpx.AsyncClient) -> None:
    arrived, refused = await two_mails(notify)
    assert "gaat iemand anders er nu over? Dan gaat hij niet weg." in (await desk.get(f"/berichten/{refused}")).text
    replaced = builders.referral(ContactReplaced, contact_id=DEPUTY, previous_contact_id=CONTACT, replaced_by=COLLEAGUE)
    # The partner says yes and takes it back, so that the question stands again: for the new contact.
    yes_and_back = (builders.partner_accepted(), builders.acceptance_reverted())
    await notify.given(network.ambassador_replaced(), replaced, *yes_and_back)

    for message_id, path in ((arrived, "nog-een-keer"), (refused, "opnieuw")):
        page = (await desk.get(f"/berichten/{message_id}")).text
        assert "Iemand anders heeft dit overgenomen. Daarom gaat hij niet nog een keer weg." in page
        assert f"/berichten/{message_id}/{path}" not in page
        assert (await desk.post(f"/berichten/{message_id}/{path}")).status_code == 409


@pytest.mark.parametrize(
    ("said", "since"),
    [
        (builders.case_rests(), builders.of_case(CaseResumed)),
        (builders.partner_activated(), builders.partner_declined()),
        (builders.follow_up_due(), builders.follow_up_recorded()),
    ],
    ids=lambda event: type(event).__name__,
)
async def test_mail_that_failed_is_not_tried_again_once_it_is_old(
    notify: Notify, desk: httpx.AsyncClient, said: Event, since: Event
) -> None:
    await notify.given(said)
    failed = await notify.attempt(Refused(RefusalKind.REFUSED_BY_SERVER, 550))
    assert "Probeer opnieuw" in (await desk.get(f"/berichten/{failed.id}")).text
    await notify.given(since)

    assert "Probeer opnieuw" not in (await desk.get(f"/berichten/{failed.id}")).text
    assert (await desk.post(f"/berichten/{failed.id}/opnieuw")).status_code == 409


async def test_mail_about_a_case_that_was_withdrawn_is_not_sent_again(notify: Notify, desk: httpx.AsyncClient) -> None:
    arrived, _ = await two_mails(notify)
    assert "Stuur nog een keer" in (await desk.get(f"/berichten/{arrived}")).text
    await notify.given(builders.case_withdrawn())

    page = (await desk.get(f"/berichten/{arrived}")).text
    assert "Stuur nog een keer" not in page
    assert "Wat in deze mail staat, is voorbij." in page
    assert (await desk.post(f"/berichten/{arrived}/nog-een-keer")).status_code == 409
    assert (await desk.post(f"/berichten/{UUID(int=5)}/nog-een-keer")).status_code == 404


@pytest.mark.parametrize("role", [Role.AMBASSADOR, Role.PARTNER])
async def test_pages_of_mails_are_for_the_desk_only(notify: Notify, role: Role) -> None:
    arrived, _ = await two_mails(notify)
    async with visitor(notify, role) as http:
        replies = [
            await http.get(f"/berichten/{arrived}"),
            await http.post("/berichten/zoek", data={"zoek": CODE}),
            await http.post(f"/berichten/{arrived}/nog-een-keer"),
        ]
    assert {reply.status_code for reply in replies} == {403}
