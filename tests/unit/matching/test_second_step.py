"""The second step of coordinators and operators, and the choice of a role."""

import re
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from services.matching.domain.network import Person
from services.matching.handlers.second_factor import prepare_enrolment, reset_second_factor
from services.matching.handlers.sign_in import end_sessions
from services.matching.settings import second_factor_key
from shared.access.members import Member
from shared.access.sessions import COOKIE
from shared.events.base import Role
from shared.events.directory import Membership, PersonListed
from shared.privacy.audit import AuditEntry
from tests.parts.authenticator import code_at
from tests.parts.city import a_city
from tests.parts.sealing import sealing_by
from tests.unit.matching.city import World, named, organisation
from tests.unit.matching.site import CODE_KEY, Site, text_of

AISHA = "aisha@desk.example"
SEALING = sealing_by(CODE_KEY, second_factor_key)


async def a_desk(*more: Membership, second_factor: str = "always") -> Site:
    """A coordinator, who may be something else as well, in a city that asks a second step."""
    city = a_city()
    city = city.model_copy(update={"desk": city.desk.model_copy(update={"second_factor": second_factor})})
    site = Site(World(city=city))
    async with site.world.units.begin() as unit:
        await unit.organisations.save(organisation("desk", name="Schakelpunt"))
        await unit.organisations.save(organisation("school", name="Basisschool De Zevensprong"))
        desk = Membership(organisation_id=named("desk"), role=Role.COORDINATOR)
        aisha = Person(named("aisha"), "Aisha Verzonnen", AISHA, memberships=(desk, *more))
        await unit.people.save(aisha)
        await unit.members.save(Member.of(aisha.listed(at=unit.now)))
    return site


AT_SCHOOL = Membership(organisation_id=named("school"), role=Role.AMBASSADOR)


async def mailed_code_typed(site: Site) -> httpx.Response:
    site.client.cookies.clear()
    asked = await site.post("/inloggen", email=AISHA)
    sign_in_id = asked.headers["location"].split("aanmelding=")[1].split("&")[0]
    async with site.world.units.begin() as unit:
        (attempt,) = [one for one in unit.sign_ins._rows.values() if str(one.id) == sign_in_id]
    return await site.post("/inloggen/code", aanmelding=sign_in_id, code=attempt.code(CODE_KEY.encode()))


async def enrolled(site: Site) -> tuple[str, list[str]]:
    """Her seed and recovery codes."""
    await mailed_code_typed(site)
    return await enrolled_there(site)


async def enrolled_there(site: Site) -> tuple[str, list[str]]:
    """The same of somebody who is at the second step."""
    seed = "".join(re.findall(r"schakel-secret\">([A-Z2-7 ]+)<", (await site.get("/inloggen/tweede-stap")).text))
    seed = seed.replace(" ", "")
    shown = await site.post("/inloggen/tweede-stap", code=code_at(seed, site.world.clock.now()))
    return seed, re.findall(r"<code[^>]*>([A-Z0-9-]{14})</code>", shown.text)


async def test_coordinator_sets_up_an_app_and_is_in_with_its_digits() -> None:
    site = await a_desk()
    assert (await mailed_code_typed(site)).headers["location"] == "/inloggen/tweede-stap"
    assert COOKIE not in site.client.cookies
    page = await site.get("/inloggen/tweede-stap")
    assert "<svg" in page.text
    assert (await site.get("/netwerk/geparkeerd")).headers["location"].startswith("/inloggen")

    seed, codes = await enrolled(site)

    assert len(seed) == 32
    assert len(set(codes)) == 10
    assert (await site.get("/netwerk/geparkeerd")).status_code == 200


async def test_digits_that_were_used_are_refused_the_next_time() -> None:
    site = await a_desk()
    seed, _ = await enrolled(site)
    now = site.world.clock.now()
    await mailed_code_typed(site)
    page = await site.get("/inloggen/tweede-stap")
    assert seed[:4] not in page.text

    assert (await site.post("/inloggen/tweede-stap", code=code_at(seed, now))).status_code == 400
    later = await site.post("/inloggen/tweede-stap", code=code_at(seed, now + timedelta(seconds=30)))
    assert (later.status_code, later.headers["location"]) == (303, "/bord")


async def test_recovery_code_works_once() -> None:
    site = await a_desk()
    _, (code, *_) = await enrolled(site)
    await mailed_code_typed(site)
    assert (await site.post("/inloggen/tweede-stap", code=code.lower())).status_code == 303
    await mailed_code_typed(site)

    assert (await site.post("/inloggen/tweede-stap", code=code)).status_code == 400


async def test_second_step_is_tried_five_times_after_one_code_of_the_mail() -> None:
    site = await a_desk()
    seed, _ = await enrolled(site)
    site.world.later(minutes=5)
    await mailed_code_typed(site)
    for _ in range(5):
        assert (await site.post("/inloggen/tweede-stap", code="000000")).status_code == 400
    right = code_at(seed, site.world.clock.now())

    assert (await site.post("/inloggen/tweede-stap", code=right)).status_code == 400
    await mailed_code_typed(site)
    assert (await site.post("/inloggen/tweede-stap", code=right)).status_code == 303


async def test_seed_and_recovery_codes_cannot_be_read_from_the_table() -> None:
    site = await a_desk()
    seed, codes = await enrolled(site)

    stored = repr(site.world.units.tables.table("second_factors"))

    assert not [each for each in (seed, *codes) if each in stored]


async def test_lost_telephone_is_set_up_anew_after_a_reset_that_ends_all_sessions() -> None:
    site = await a_desk()
    await enrolled(site)
    async with site.world.units.begin() as unit:
        await reset_second_factor(AISHA, unit)

    assert (await site.get("/netwerk/geparkeerd")).headers["location"].startswith("/inloggen")
    assert [each.epoch for each in site.world.published(PersonListed)] == [1]
    await mailed_code_typed(site)
    assert "<svg" in (await site.get("/inloggen/tweede-stap")).text


async def test_enrolment_that_works_is_not_begun_anew_by_who_only_reads_the_mail() -> None:
    site = await a_desk()
    seed, _ = await enrolled(site)
    async with site.world.units.begin() as unit:
        await prepare_enrolment(named("aisha"), unit, SEALING)
    site.world.later(minutes=1)
    await mailed_code_typed(site)

    answered = await site.post("/inloggen/tweede-stap", code=code_at(seed, site.world.clock.now()))

    assert answered.status_code == 303


@pytest.mark.parametrize("second_factor", ["in-production", "never"])
async def test_no_second_step_outside_production_unless_somebody_has_one(second_factor: str) -> None:
    site = await a_desk(second_factor=second_factor)

    assert (await mailed_code_typed(site)).headers["location"] == "/bord"


async def test_person_with_two_roles_chooses_and_changes() -> None:
    site = await a_desk(AT_SCHOOL)
    assert (await mailed_code_typed(site)).headers["location"] == "/inloggen/rol"
    page = text_of(await site.get("/inloggen/rol"))
    assert "coördinator bij Schakelpunt" in page
    assert "contactpersoon bij Basisschool De Zevensprong" in page

    chosen = await site.post("/inloggen/rol", membership=f"ambassador:{named('school')}")
    assert (chosen.status_code, chosen.headers["location"]) == (303, "/aanvragen")
    assert (await site.get("/netwerk/geparkeerd")).status_code == 403
    assert "Wissel van rol" in (await site.get("/doorverwijzingen")).text

    changed = await site.post("/inloggen/rol", membership=f"coordinator:{named('desk')}")
    assert changed.headers["location"] == "/inloggen/tweede-stap"
    assert (await site.get("/netwerk/geparkeerd")).status_code == 403


async def test_session_of_each_role_is_a_line_with_its_role_and_organisation() -> None:
    site = await a_desk(AT_SCHOOL)
    await mailed_code_typed(site)
    assert [line.purpose for line in lines_of(site)] == ["mailed-code"]

    await site.post("/inloggen/rol", membership=f"ambassador:{named('school')}")
    await site.post("/inloggen/rol", membership=f"coordinator:{named('desk')}")
    await enrolled_there(site)

    assert [(line.purpose, line.actor.role, line.actor.organisation_id) for line in lines_of(site)][1:] == [
        ("session", "ambassador", named("school")),
        ("second-factor", None, None),
        ("session", "coordinator", named("desk")),
    ]
    assert {(line.action, line.about_id, line.actor.person_id) for line in lines_of(site)} == {
        ("sign-in", named("aisha"), named("aisha"))
    }


def lines_of(site: Site) -> list[AuditEntry]:
    return [line.entry for line in site.world.units.tables.table("audit_lines").values()]


async def test_nobody_chooses_what_is_not_theirs() -> None:
    site = await a_desk(AT_SCHOOL)
    await mailed_code_typed(site)

    assert (await site.post("/inloggen/rol", membership=f"operator:{named('desk')}")).status_code == 400
    assert (await site.post("/inloggen/rol")).status_code == 400


async def test_way_in_ends_when_sessions_end_meanwhile() -> None:
    site = await a_desk(AT_SCHOOL)
    await mailed_code_typed(site)
    async with site.world.units.begin() as unit:
        person = await unit.people.get(named("aisha"))
        assert person is not None
        await end_sessions(replace(person, memberships=(AT_SCHOOL,)), unit)

    for path in ("/inloggen/rol", "/inloggen/tweede-stap"):
        assert (await site.get(path)).headers["location"] == "/inloggen"
        assert (await site.post(path, code="123456", membership="x")).headers["location"] == "/inloggen"
