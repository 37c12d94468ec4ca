"""What somebody typed is shown whole; and what was decided stays so, whoever presses again."""

from services.matching.domain.network import Person
from shared.events.base import Role
from shared.events.directory import ApplicationRefused, OrganisationAccepted
from tests.unit.matching.city import named
from tests.unit.matching.entries import a_network, applied, as_desk, confirmation_of, posted, started
from tests.unit.matching.people_at_work import known
from tests.unit.matching.site import Site, text_of

PATH = "/netwerk/organisaties/aanmelding"


async def a_desk() -> Site:
    site = a_network()
    aisha = Person(named("desk person"), "Aisha Verzonnen", "aisha@desk.example").joining(
        named("desk"), Role.COORDINATOR
    )
    await known(site, aisha)
    return site


async def test_whoever_confirms_sees_all_that_was_typed() -> None:
    site = a_network()

    words = text_of(await site.get(await confirmation_of(site, await started(site, website="www.golf.example"))))

    for typed in (
        "Zwemfonds De Golf", "Sara Verzonnen", "sara@golf.example", "010 123 4567", "organisatie die helpt", "Fonds",
        "Zwemles met z", "Wij betalen zwemles.", "Wij betalen geen badkleding.", "Oost", "Arabisch",
        "6 tot en met 12 jaar", "golf.example",
    ):  # fmt: skip
        assert typed in words, typed


async def test_yes_pressed_twice_ends_on_the_page_of_the_organisation() -> None:
    site = await a_desk()
    application_id = await applied(site)
    as_desk(site)

    answers = [await site.post(f"{PATH}/{application_id}/ja") for _ in range(2)]

    [accepted] = site.world.published(OrganisationAccepted)
    assert [one.headers["location"] for one in answers] == [
        f"/netwerk/organisaties/{accepted.subject}?klaar=welkom"
    ] * 2


async def test_no_after_a_yes_says_who_decided_and_when_and_asks_for_no_reason() -> None:
    site = await a_desk()
    application_id = await applied(site)
    as_desk(site)
    await site.post(f"{PATH}/{application_id}/ja")

    for fields in ({}, {"reason": "other"}):
        refused = await posted(site, f"{PATH}/{application_id}/nee", fields)
        assert refused.status_code == 409
        words = text_of(refused)
        assert "Hierover is al beslist" in words
        assert "Aisha Verzonnen (coördinator) zei ja op 2 maart 2026" in words
        assert "Waarom niet?" not in words
    assert site.world.published(ApplicationRefused) == []


async def test_yes_after_a_no_says_so_and_nobody_joins() -> None:
    site = await a_desk()
    application_id = await applied(site)
    as_desk(site)
    await posted(site, f"{PATH}/{application_id}/nee", {"reason": "outside-the-city"})

    refused = await site.post(f"{PATH}/{application_id}/ja")

    assert refused.status_code == 409
    words = text_of(refused)
    assert "Aisha Verzonnen (coördinator) zei nee op 2 maart 2026" in words
    assert "Het is niet voor gezinnen in deze stad." in words
    assert site.world.published(OrganisationAccepted) == []


async def test_what_is_settled_warns_of_nothing_any_more() -> None:
    site = await a_desk()
    application_id = await applied(site)
    as_desk(site)
    await site.post(f"{PATH}/{application_id}/ja")

    words = text_of(await site.get(f"{PATH}/{application_id}"))

    assert "kennen we al" not in words
    assert "Er staat al zoiets" not in words
