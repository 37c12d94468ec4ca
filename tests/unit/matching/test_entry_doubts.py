"""What nobody confirms for too long is hidden until somebody does; a contact whom no mail reaches puts it in doubt."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from services.matching.domain.map_query import MapQuery
from services.matching.domain.rules import HIDDEN, NOT_REACHED
from services.matching.handlers.entry_checks import ask_for_checks
from services.matching.handlers.entry_doubts import doubt_entries, hide_unconfirmed
from shared.events.base import Event, Role
from shared.events.directory import EntryDoubted, EntryHidden
from shared.events.matching import NoPartnerFound, PartnerActivated
from shared.events.notify import AddressFlagged, RefusalKind
from tests.unit.matching.city import NOON, named
from tests.unit.matching.desk import NEED, a_desk, a_desk_with_nobody, ask, sends
from tests.unit.matching.entries import TERMS, an_old_entry, as_desk, as_partner, entry_page_of, the_service
from tests.unit.matching.site import ACCEPTED, Site, a_site, mailed, text_of

SERVICE, ORGANISATION = named("service fietsbende"), named("fietsbende")
MAP = f"/kaart/{SERVICE}"


async def bounced(site: Site, person: str = "contact of fietsbende", at: datetime = NOON) -> None:
    """A mail server says that there is no such address."""
    flagged = AddressFlagged(subject=named(person), occurred_at=at, kind=RefusalKind.REFUSED_BY_SERVER)
    async with site.world.units.begin() as unit:
        await doubt_entries(flagged, unit)


async def time_goes_by(site: Site, days: int) -> None:
    """The hourly jobs of so many days."""
    for _ in range(days):
        site.world.later(days=1)
        for job in (ask_for_checks, hide_unconfirmed):
            async with site.world.units.begin() as unit:
                await job(unit)


async def a_hidden_entry(*, people: bool = True) -> Site:
    """On the map for as long as the city waits, and asked as often as it asks."""
    site = Site(await an_old_entry())
    tables = site.world.units.tables
    tables.table("services")[SERVICE] = replace(tables.table("services").pop(named("service 0")), id=SERVICE)
    if not people:
        tables.table("people").clear()
    await time_goes_by(site, TERMS.hide_after_days - TERMS.check_every_days)
    return site


async def test_what_nobody_confirmed_is_hidden_on_the_day_and_not_before() -> None:
    site = Site(await an_old_entry())
    await time_goes_by(site, TERMS.hide_after_days - TERMS.check_every_days - 1)
    assert site.world.published(EntryHidden) == []

    await time_goes_by(site, 3)

    [hidden] = site.world.published(EntryHidden)
    assert (hidden.subject, hidden.service_ids, hidden.person_id) == (
        ORGANISATION, (named("service 0"),), named("contact of fietsbende"),
    )  # fmt: skip


async def test_nothing_is_hidden_before_all_mails_went_out() -> None:
    site = Site(await an_old_entry())
    site.world.later(days=TERMS.hide_after_days)

    async with site.world.units.begin() as unit:
        await hide_unconfirmed(unit)

    assert site.world.published(EntryHidden) == []


async def test_organisation_without_people_is_hidden_too_and_the_desk_hears() -> None:
    site = await a_hidden_entry(people=False)

    assert [one.person_id for one in site.world.published(EntryHidden)] == [None]


async def test_hidden_entry_is_found_by_professionals_only() -> None:
    site = await a_hidden_entry()

    assert "Niets gevonden" in text_of(await site.get("/kaart?q=fietsbende"))
    assert (await site.get(MAP)).status_code == 404
    assert (await site.get("/hsds/services")).json()["total_items"] == 0
    assert (await site.get(f"/hsds/services/{SERVICE}")).json()["status"] == "inactive"

    site.sign_in(Role.AMBASSADOR, "school")
    assert "Bel eerst: klopt misschien niet" in text_of(await site.get("/kaart?q=fietsbende"))
    assert "Al te lang zei niemand of dit klopt. Bel eerst." in text_of(await site.get(MAP))


@pytest.mark.parametrize("by_link", [True, False])
async def test_one_click_brings_it_back(by_link: bool) -> None:  # noqa: FBT001 - a case of the test
    site = await a_hidden_entry()
    as_partner(site)
    page = await entry_page_of(site, "fietsbende") if by_link else "/netwerk/vermelding"
    assert "Dit staat nu niet op de sociale kaart" in text_of(await site.get(page))

    await site.post(page, choice="confirm")

    assert "Dit staat nu niet" not in text_of(await site.get(page))
    site.client.cookies.clear()
    assert (await site.get(MAP)).status_code == 200
    await time_goes_by(site, TERMS.check_every_days - 1)
    assert len(site.world.published(EntryHidden)) == 1


async def test_hidden_partner_is_not_asked_by_itself_and_what_is_open_goes_on() -> None:
    site = await a_site()
    async with site.world.units.begin() as unit:
        for name in ("fietsbende", "rijwielhulp"):
            service = await unit.services.read(named(f"service {name}"))
            assert service is not None
            await unit.services.save(replace(service, kept=replace(service.kept, hidden_at=NOON)))
    _, link = await mailed(site)

    await site.post(f"/antwoord/{link.token}", choice="decline", reason="no-capacity")

    assert len(site.world.published(PartnerActivated)) == 1
    assert len(site.world.published(NoPartnerFound)) == 1


async def test_desk_sees_what_is_hidden_finds_it_and_may_ask_it_all_the_same() -> None:
    site = await a_desk_with_nobody()
    async with site.world.units.begin() as unit:
        service = await unit.services.read(SERVICE)
        assert service is not None
        other = replace(service, id=named("service other"), organisation_id=named("other"), name="Oude fietsen")
        person = await unit.people.read(named("contact of fietsbende"))
        owner = await unit.organisations.read(ORGANISATION)
        assert person is not None
        assert owner is not None
        await unit.organisations.save(replace(owner, id=named("other"), name="Andere"))
        await unit.people.save(person.joining(named("other"), Role.PARTNER))
        await unit.services.save(replace(other, kept=replace(other.kept, hidden_at=NOON)))

    assert HIDDEN in text_of(await site.get(f"{NEED}?q=oude"))
    await sends(site, ask("other"), reason="knows-family")

    assert site.world.published(PartnerActivated)[-1].service_id == named("service other")


async def test_desk_has_a_list_of_whom_to_call_until_somebody_says_that_it_is_right() -> None:
    site = await a_hidden_entry()
    as_desk(site)
    assert "verborgen sinds" in text_of(await site.get("/netwerk/organisaties"))
    assert "verborgen sinds" in text_of(await site.get(f"/netwerk/organisaties/{ORGANISATION}"))

    await site.post(f"/netwerk/organisaties/{ORGANISATION}/klopt")

    assert "Bel even" not in text_of(await site.get("/netwerk/organisaties"))
    assert "verborgen" not in text_of(await site.get(f"/netwerk/organisaties/{ORGANISATION}"))


async def test_mail_that_does_not_arrive_puts_the_offers_of_that_contact_in_doubt_once() -> None:
    site = await a_site()

    await bounced(site)
    await bounced(site)

    [doubted] = site.world.published(EntryDoubted)
    assert (doubted.subject, doubted.service_ids, doubted.person_id) == (
        ORGANISATION, (SERVICE,), named("contact of fietsbende"),
    )  # fmt: skip
    assert (await the_service(site, named("service rijwielhulp"))).kept.doubted_at is None
    assert "mail kwam niet aan op 2 maart 2026: bel eerst" in text_of(await site.get(MAP))
    as_desk(site)
    assert "mail kwam niet aan op 2 maart 2026" in text_of(await site.get("/netwerk/organisaties"))


async def test_partner_in_doubt_weighs_less_and_the_ranking_says_why() -> None:
    site = await a_desk("rijwielhulp", "fietsbende", "trapkracht")
    before = text_of(await site.get(NEED))
    assert before.index("Aanbod van fietsbende") < before.index("Aanbod van trapkracht")

    await bounced(site)

    after = text_of(await site.get(NEED))
    assert after.index("Aanbod van trapkracht") < after.index("Aanbod van fietsbende")
    assert NOT_REACHED in after


async def test_yes_to_a_question_ends_the_doubt() -> None:
    site = await a_site()
    await bounced(site)
    _, link = await mailed(site)

    await site.post(f"/antwoord/{link.token}", **ACCEPTED)

    assert (await the_service(site, SERVICE)).kept.doubted_at is None


async def test_mail_of_before_somebody_confirmed_doubts_nothing_and_nobody_falls_over_a_stranger() -> None:
    site = await a_site()
    as_partner(site)
    await site.post("/netwerk/vermelding", choice="confirm")

    await bounced(site, at=NOON - timedelta(hours=1))
    await bounced(site, person="nobody at all")

    assert site.world.published(EntryDoubted) == []
    assert site.world.published(Event)


async def test_find_for_the_public_is_what_the_map_finds() -> None:
    site = await a_hidden_entry()
    async with site.world.units.begin() as unit:
        public = await unit.services.search(MapQuery())
        professional = await unit.services.search(MapQuery(include_hidden=True))
    assert (public.total, professional.total) == (0, 1)
