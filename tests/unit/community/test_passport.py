"""The skills passport, through its pages: switched on, filled, a word asked behind a mail, taken along, and erased."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.community.domain.passport import Helped, Passport, Skill, Source, report_of
from services.community.handlers.leaving import keep_who_is_there
from services.community.web.endorsement_letters import endorsement_letter
from shared.events.base import Role
from shared.events.directory import PersonListed
from shared.events.http import KnownPerson
from shared.events.skills import EndorsementAsked
from tests.parts.people import member
from tests.unit.community.world import SETTINGS, SITE, TUESDAY, Community, an_id

PAGE, PILOT = "/gezichten/paspoort", "/gezichten/paspoort/proef"
OWNER, OTHER = an_id("Şükran"), an_id("other")
NAME = "Şükran Öğüt-de Wĳs"
SKILL = {"name": "Rustig blijven als het druk is", "source": "in-life", "example": "Ik hielp bij het loket, elke week."}
ENDORSER = {"endorser": "Bas Verzonnen", "email": "bas@fonds.example"}


async def a_pilot() -> Community:
    community = Community()
    async with community.units.begin() as unit:
        for one in (OWNER, OTHER):
            await unit.members.save(member(one, an_id("desk"), Role.MEMBER))
    for one, name in ((OWNER, NAME), (OTHER, "Iemand Anders")):
        community.people.people[one] = KnownPerson(person_id=one, name=name)
    async with community.visitor(Role.COORDINATOR) as desk:
        assert (await desk.post(PILOT, data={"person": str(OWNER)})).status_code == 303
    return community


async def sends(community: Community, path: str = "", **form: str) -> httpx.Response:
    async with community.visitor(Role.MEMBER, OWNER) as browser:
        return await browser.post(PAGE + path, data=form)


async def other_sends(community: Community, path: str, **form: str) -> httpx.Response:
    async with community.visitor(Role.MEMBER, OTHER) as browser:
        return await browser.post(PAGE + path, data=form)


async def gets(community: Community, path: str = "", whose: UUID = OWNER) -> httpx.Response:
    async with community.visitor(Role.MEMBER, whose) as browser:
        return await browser.get(PAGE + path)


async def passport(community: Community) -> Passport:
    async with community.units.begin() as unit:
        found = await unit.passports.get(OWNER)
    assert found is not None
    return found


async def asked() -> tuple[Community, UUID, str]:
    """The id of the question, and the path behind its mail."""
    community = await a_pilot()
    await sends(community, **SKILL)
    skill_id = (await passport(community)).skills[0].id
    assert (await sends(community, "/bevestigen", skill=str(skill_id), **ENDORSER)).status_code == 303
    (fact,) = [one for one in community.published() if isinstance(one, EndorsementAsked)]
    async with community.units.begin() as unit:
        letter = await endorsement_letter(fact.subject, SITE, unit)
    assert (letter.address, fact.person_id) == ("bas@fonds.example", OWNER)
    return community, fact.subject, (letter.link or "").removeprefix(SITE + PAGE)


async def says(community: Community, path: str, choice: str) -> httpx.Response:
    async with community.visitor() as browser:
        return await browser.post(PAGE + path, data={"choice": choice})


async def credential(community: Community) -> dict[str, Any]:
    found: dict[str, Any] = (await gets(community, "/paspoort.json")).json()
    return found


async def test_it_is_on_for_whom_the_desk_says_and_nobody_else_has_one() -> None:
    community = await a_pilot()
    assert "Wat kun je nog meer?" in (await gets(community)).text
    assert "staat voor jou niet aan" in (await gets(community, whose=OTHER)).text
    assert (await other_sends(community, "", **SKILL)).status_code == 404
    assert (await gets(community, "/paspoort.json", OTHER)).status_code == 404
    async with community.visitor(Role.COORDINATOR) as desk:
        assert NAME in (await desk.get(PILOT)).text
        for person, status in ((str(OWNER), 409), (str(an_id("nobody")), 404), ("", 400)):
            assert (await desk.post(PILOT, data={"person": person})).status_code == status
    async with community.visitor(Role.MEMBER, OWNER) as browser:
        assert (await browser.get(PILOT)).status_code == 403


async def test_pilot_is_full_when_the_city_says_so() -> None:
    terms = SETTINGS.city.gatherings.model_copy(update={"passport_pilot_people": 0})
    community = Community(SETTINGS.city.model_copy(update={"gatherings": terms}))
    async with community.units.begin() as unit:
        await unit.members.save(member(OWNER, an_id("desk"), Role.MEMBER))
    async with community.visitor(Role.COORDINATOR) as desk:
        assert (await desk.post(PILOT, data={"person": str(OWNER)})).status_code == 409


async def test_skill_is_described_and_only_its_owner_reads_it() -> None:
    community = await a_pilot()
    assert (await sends(community, **SKILL)).status_code == 303
    assert SKILL["example"] in (await gets(community)).text
    assert SKILL["example"] not in (await gets(community, whose=OTHER)).text
    async with community.visitor(Role.COORDINATOR) as desk:
        for path in (PILOT, PAGE):
            assert SKILL["name"] not in (await desk.get(path)).text
    skill_id = (await passport(community)).skills[0].id
    assert (await sends(community, f"/vaardigheden/{skill_id}/weg")).status_code == 303
    assert (await sends(community, f"/vaardigheden/{skill_id}/weg")).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"example": "Mijn dochter Fatima hielp mee."}, "“Fatima”"),
        ({"name": "Bellen met 010 123 45 67"}, "010 123 45 67"),
        ({"source": ""}, "Waar heb je het geleerd?"),
    ],
)
async def test_what_tells_of_somebody_comes_back(wrong: dict[str, str], says: str) -> None:
    community = await a_pilot()
    reply = await sends(community, **{**SKILL, **wrong})
    assert (reply.status_code, says in reply.text, (await passport(community)).skills) == (400, True, ())


async def test_endorsement_is_given_behind_the_mail_and_stands_in_the_export() -> None:
    community, question, path = await asked()
    assert (await credential(community))["credentialSubject"]["achievement"][0]["endorsement"] == []
    async with community.visitor() as browser:
        await browser.get(PAGE + path)
        seen = (await browser.get(PAGE + path)).text
    assert (SKILL["name"] in seen, NAME in seen, "Ja, dit klopt" in seen) == (True, True, True)
    assert (await says(community, path, "")).status_code == 400
    assert (await says(community, path, "yes")).status_code == 303
    (given,) = (await credential(community))["credentialSubject"]["achievement"][0]["endorsement"]
    assert (given["issuer"]["name"], given["awardedDate"]) == ("Bas Verzonnen", "2026-09-08")
    assert "Bevestigd door Bas Verzonnen" in (await gets(community, "/afdrukken")).text
    async with community.units.begin() as unit:
        assert (await endorsement_letter(question, SITE, unit)).state == "no-longer-needed"


async def test_endorsement_that_is_withdrawn_is_gone_from_the_next_export() -> None:
    community, _, path = await asked()
    await says(community, path, "yes")
    before = await credential(community)
    assert "Geldig op 08-09-2026." in before["description"]
    assert (await says(community, path, "no")).status_code == 303
    assert (await credential(community))["credentialSubject"]["achievement"][0]["endorsement"] == []
    assert "Bas Verzonnen" not in (await gets(community, "/afdrukken")).text
    assert "ingetrokken" in (await gets(community)).text
    assert (await says(community, path, "yes")).status_code == 303
    assert "bevestigd" in (await gets(community)).text


async def test_no_is_no_word_and_the_owner_takes_it_out() -> None:
    community, question, path = await asked()
    await says(community, path, "no")
    assert "niet bevestigd" in (await gets(community)).text
    assert (await other_sends(community, f"/bevestigingen/{question}/weg")).status_code == 404
    assert (await sends(community, f"/bevestigingen/{question}/weg")).status_code == 303
    assert (await says(community, path, "yes")).status_code == 404
    assert (await says(community, "/bevestigen/none", "yes")).status_code == 404


async def test_at_most_three_are_asked_and_an_address_is_needed() -> None:
    community, _, _ = await asked()
    skill = str((await passport(community)).skills[0].id)
    assert (await sends(community, "/bevestigen", skill=skill, endorser="Bas", email="nowhere")).status_code == 400
    statuses = [(await sends(community, "/bevestigen", skill=skill, **ENDORSER)).status_code for _ in range(3)]
    assert statuses == [303, 303, 409]
    assert (await sends(community, "/bevestigen", skill=str(an_id("none")), **ENDORSER)).status_code == 404


async def test_export_is_shaped_like_a_credential_is_unsigned_and_has_every_letter() -> None:
    community, _, _ = await asked()
    found = await credential(community)
    assert found["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert found["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert (found["issuer"]["name"], found["signed"], "proof" in found) == (NAME, False, False)
    assert "niet ondertekend" in found["description"]
    reply = await gets(community, "/paspoort.json")
    assert ("bas@fonds.example" in reply.text, reply.headers["cache-control"]) == (False, "no-store")


async def test_all_is_erased_by_the_owner_and_when_they_leave() -> None:
    community, question, path = await asked()
    assert (await sends(community, "/wissen")).status_code == 303
    assert "staat voor jou niet aan" in (await gets(community)).text
    assert (await says(community, path, "yes")).status_code == 404
    async with community.units.begin() as unit:
        assert await unit.passports.who_asked(question) is None
        assert (await endorsement_letter(question, SITE, unit)).state == "no-longer-needed"
        await unit.passports.save(Passport(OWNER, unit.now))
        left = PersonListed(subject=OWNER, occurred_at=community.now, memberships=(), active=False, epoch=1)
        await keep_who_is_there(left, unit)
        assert await unit.passports.list_people() == []


async def test_link_ends_in_time() -> None:
    community, _, path = await asked()
    community.moves_to(community.now + timedelta(days=400))
    assert (await says(community, path, "yes")).status_code == 410


async def test_pilot_is_told_of_nobody_and_small_numbers_are_not_told() -> None:
    community = await a_pilot()
    assert (await sends(community, "/mening", helped="a-bit")).status_code == 303
    assert (await sends(community, "/mening", helped="never")).status_code == 400
    async with community.visitor(Role.COORDINATOR) as desk:
        page = (await desk.get(PILOT)).text
    assert page.count("minder dan 10") == 6


def test_figures_are_rounded_and_what_is_under_ten_is_not_there() -> None:
    skill = Skill(an_id("skill"), "Luisteren", Source.LIFE, "Elke week.")
    passports = [Passport(an_id(str(at)), TUESDAY, (skill,) if at < 9 else (), Helped.YES) for at in range(13)]
    told = report_of(passports)
    assert (told.people, told.with_skills, told.with_endorsements) == (15, None, None)
    assert told.helped == {Helped.YES: 15, Helped.A_BIT: None, Helped.NO: None}
