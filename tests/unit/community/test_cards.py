"""Cards: nobody reads a field until its owner says who; what is hidden is gone at once, from every exit."""

from uuid import UUID

import httpx
import pytest

from services.community.domain.card import CONSENT_TEXT, Audience, CardField, Consent
from services.community.handlers.leaving import keep_who_is_there
from shared.events.base import Role
from shared.events.directory import PersonListed
from shared.events.http import KnownPerson
from tests.parts.people import member
from tests.unit.community.world import Community, an_id

PAGE = "/gezichten"
OWN = f"{PAGE}/mijn-kaart"
NOOR = an_id(Role.PARTNER)
BAS, ELSEWHERE = an_id("Bas"), an_id("De Boei")
WRITTEN = {
    "phone": "010 123 4567", "mobile": "06 98765432", "email": "noor@school.example", "days": ["monday"],
    "district": "noord", "languages": ["ar"], "expertise": ["food"], "askMe": "Voorlezen met ouders",
    "lived": "Zelf veel winterkou gehad",
}  # fmt: skip
TOLD = ("010 123 4567", "06 98765432", "noor@school.example", "maandag", "Voorlezen", "winterkou")
FIELDS = ("Phone", "Mobile", "Email", "Days", "District", "Languages", "Expertise", "AskMe", "Lived")


async def a_network() -> Community:
    """Noor, of a partner; Bas, who is a trusted person elsewhere."""
    community = Community()
    async with community.units.begin() as unit:
        await unit.members.save(member(NOOR, an_id("desk"), Role.PARTNER))
        await unit.members.save(member(BAS, ELSEWHERE, Role.TRUSTED_PERSON))
    for person_id, name, organisation in (
        (NOOR, "Noor Verzonnen", "De Linde"),
        (BAS, "Bas Verzonnen", "De Boei"),
    ):
        community.people.people[person_id] = KnownPerson(
            person_id=person_id, name=name, phone="010 765 43 21", organisations=(organisation,)
        )
    return community


async def writes(community: Community, **form: object) -> httpx.Response:
    async with community.visitor(Role.PARTNER) as noor:
        return await noor.post(OWN, data=WRITTEN | form)


def to_all(seen_by: str) -> dict[str, str]:
    return {f"seenBy{name}": seen_by for name in FIELDS}


async def read(community: Community, path: str, role: Role | None = Role.TRUSTED_PERSON) -> str:
    async with community.visitor(role) as reader:
        return (await reader.get(path)).text


async def exits(community: Community, role: Role = Role.TRUSTED_PERSON) -> list[str]:
    """All by which somebody else reads of Noor."""
    paths = (PAGE, f"{PAGE}/lijst.csv", f"{PAGE}/{NOOR}", f"{PAGE}/{NOOR}/kaartje.vcf")
    return [await read(community, path, role) for path in paths]


async def leaves(community: Community, person_id: UUID = NOOR) -> None:
    async with community.units.begin() as unit:
        gone = PersonListed(subject=person_id, occurred_at=community.now, memberships=(), active=False, epoch=1)
        await keep_who_is_there(gone, unit)


async def test_new_person_shows_name_organisation_and_role_and_nothing_more() -> None:
    community = await a_network()
    assert (await writes(community)).status_code == 303
    for role in (Role.TRUSTED_PERSON, Role.COORDINATOR):
        for text in await exits(community, role):
            assert "Noor Verzonnen" in text
            assert "De Linde" in text
            assert "partner" in text
            assert not [one for one in (*TOLD, "010 765 43 21") if one in text]
    own = await read(community, OWN, Role.PARTNER)
    assert all(one in own for one in TOLD)


async def test_each_viewer_reads_what_the_owner_chose() -> None:
    community = await a_network()
    await writes(community, seenByPhone="network", seenByMobile="at-the-desk", seenByLived="network")
    colleague = await read(community, f"{PAGE}/{NOOR}")
    coordinator = await read(community, f"{PAGE}/{NOOR}", Role.COORDINATOR)
    assert [one in colleague for one in TOLD] == [True, False, False, False, False, True]
    assert [one in coordinator for one in TOLD] == [True, True, False, False, False, True]
    assert "TEL;TYPE=work:010 123 4567" in await read(community, f"{PAGE}/{NOOR}/kaartje.vcf")


async def test_hidden_field_is_gone_at_once_from_every_exit_and_from_searching() -> None:
    community = await a_network()
    await writes(community, **to_all("network"))
    assert all("010 123 4567" in one for one in (await exits(community))[1:])
    assert "Noor" in await read(community, f"{PAGE}?q=0101234567")

    await writes(community, **(to_all("network") | {"seenByPhone": "nobody"}))

    assert not any("010 123 4567" in one or "0101234567" in one for one in await exits(community))
    for digits in ("010 123 4567", "0101234567", "1234567"):
        assert "Noor Verzonnen" not in await read(community, f"{PAGE}?q={digits}")
    assert "Noor Verzonnen" not in await read(community, f"{PAGE}/lijst.csv?q=0101234567")


async def test_filters_go_by_what_the_viewer_reads() -> None:
    community = await a_network()
    asked = ("wijk=noord", "taal=ar", "kennis=food")
    await writes(community)
    assert ["Noor Verzonnen" in await read(community, f"{PAGE}?{one}") for one in asked] == [False] * 3
    await writes(community, **to_all("at-the-desk"))
    assert ["Noor Verzonnen" in await read(community, f"{PAGE}?{one}", Role.COORDINATOR) for one in asked] == [True] * 3
    assert ["Noor Verzonnen" in await read(community, f"{PAGE}?{one}") for one in asked] == [False] * 3


async def test_nobody_is_found_by_what_they_lived_through() -> None:
    community = await a_network()
    await writes(community, **to_all("public"))
    for role in (Role.TRUSTED_PERSON, Role.COORDINATOR):
        assert "Noor Verzonnen" not in await read(community, f"{PAGE}?q=winterkou", role)
    assert "winterkou" not in await read(community, f"{PAGE}/lijst.csv")
    assert "winterkou" in await read(community, f"{PAGE}/{NOOR}")


async def test_consent_tells_which_text_when_and_by_whom() -> None:
    community = await a_network()
    await writes(community, seenByPhone="network")
    await writes(community, seenByPhone="network")
    await writes(community)
    async with community.units.begin() as unit:
        said = await unit.cards.list_consents(NOOR)
    to = [Audience.NOBODY, Audience.NETWORK]
    expected = [Consent(CardField.PHONE, one, CONSENT_TEXT, community.now, NOOR) for one in to]
    assert sorted(said, key=lambda one: one.audience) == expected


async def test_side_by_side_shows_what_each_reads() -> None:
    community = await a_network()
    await writes(community, seenByPhone="at-the-desk", seenByAskMe="public")
    page = (await read(community, OWN, Role.PARTNER)).partition("Wijzig je kaart")[0]
    assert (page.count("010 123 4567"), page.count("Voorlezen met ouders")) == (1, 3)


@pytest.mark.parametrize("name", ["askMe", "lived"])
async def test_text_that_tells_who_somebody_is_is_refused(name: str) -> None:
    community = await a_network()
    reply = await writes(community, **{name: "Ik help graag gezin De Vries"})
    assert (reply.status_code, "De Vries" in reply.text) == (400, True)
    async with community.units.begin() as unit:
        assert await unit.cards.read(NOOR) is None


async def test_who_leaves_is_off_the_same_day() -> None:
    community = await a_network()
    await writes(community, **to_all("public"))
    await leaves(community)
    async with community.visitor(Role.TRUSTED_PERSON) as reader:
        assert (await reader.get(f"{PAGE}/{NOOR}")).status_code == 404
    assert "Noor Verzonnen" not in await read(community, PAGE)
    assert not any("0101234567" in str(one).replace(" ", "") for one in community.units.tables.tables.values())


async def test_card_is_taken_away() -> None:
    community = await a_network()
    await writes(community, **to_all("public"))
    async with community.visitor(Role.PARTNER) as noor:
        assert (await noor.post(f"{OWN}/weg")).status_code == 303
    assert "010 123 4567" not in await read(community, f"{PAGE}/{NOOR}")
    async with community.units.begin() as unit:
        assert await unit.cards.list_consents(NOOR) == []


async def test_nobody_without_an_account_reads_who_is_in_the_network() -> None:
    community = await a_network()
    async with community.visitor() as visitor:
        for path in (PAGE, f"{PAGE}/lijst.csv", f"{PAGE}/{NOOR}", f"{PAGE}/{NOOR}/kaartje.vcf", OWN, f"{OWN}/alles"):
            reply = await visitor.get(path)
            assert reply.status_code in {303, 401, 403}
            assert "Noor Verzonnen" not in reply.text


async def test_list_is_there_when_names_cannot_be_asked() -> None:
    community = await a_network()
    community.people.away = True
    assert "Naam nu niet te zien" in await read(community, PAGE)


async def test_person_takes_all_about_them_along() -> None:
    community = await a_network()
    await writes(community, seenByPhone="network")
    async with community.visitor(Role.PARTNER) as noor:
        kept = (await noor.get(f"{OWN}/alles")).json()
    assert kept["card"]["phone"] == ["010 123 4567"]
    assert kept["card"]["lived"] == ["Zelf veel winterkou gehad"]
    (consent,) = kept["consents"]
    assert (consent["field"], consent["audience"], consent["textVersion"]) == ("phone", "network", CONSENT_TEXT)
    assert consent["givenBy"] == str(NOOR)
    assert {"mails", "training", "topics", "asksAsExpert"} <= set(kept)


async def test_list_in_a_file_starts_no_formula() -> None:
    community = await a_network()
    community.people.people[NOOR] = KnownPerson(person_id=NOOR, name="=HYPERLINK(1)", organisations=("De Linde",))
    assert "\n'=HYPERLINK(1);" in await read(community, f"{PAGE}/lijst.csv")
