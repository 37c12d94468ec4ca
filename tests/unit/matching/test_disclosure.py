"""What a partner reads of the family before its yes: no school and no language that few families have."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from services.matching.domain.disclosure import Alike, Told, told_to_partner
from services.matching.domain.referral_state import AFTER_MEETING, ReferralState
from shared.events.base import AgeBand, Role
from tests.unit.matching.city import named
from tests.unit.matching.site import ACCEPTED, Site, a_site, mailed, mailed_to_ambassador, text_of

SCHOOL, LANGUAGE, LATER = "Basisschool De Zevensprong", "Arabisch", "Dat hoor je als jullie ja zeggen"
ENOUGH = 10
SAID_YES = {ReferralState.ACCEPTED, *AFTER_MEETING}
counts = some.integers(1, 2 * ENOUGH)


async def others(site: Site, count: int, **changes: object) -> None:
    """So many other families that are like this one, but for these changes."""
    async with site.world.units.begin() as unit:
        case = await unit.cases.read(named("case"))
        assert case is not None
        for number in range(count):
            other = replace(case, id=named(f"other {number} {changes}"), needs={}, **changes)  # type: ignore[arg-type] # fields of a case
            await unit.cases.save(other)


async def partner_reads(site: Site) -> str:
    _, link = await mailed(site)
    return text_of(await site.get(f"/antwoord/{link.token}"))


async def test_partner_reads_neither_where_few_families_are_alike() -> None:
    site = await a_site(family_language="ar", interpreter_needed=True)
    await others(site, ENOUGH - 2)
    words = await partner_reads(site)

    assert (SCHOOL in words, LANGUAGE in words, "tolk" in words) == (False, False, False)
    # In the question, and again where somebody asks something first.
    assert words.count(LATER) == 4
    for shown in ("8 tot en met 11 jaar", "Oost", "een fiets"):
        assert shown in words


async def test_partner_reads_both_where_enough_families_are_alike() -> None:
    site = await a_site(family_language="ar", interpreter_needed=True)
    await others(site, ENOUGH - 1)
    words = await partner_reads(site)

    assert (SCHOOL in words, "Arabisch (een tolk is nodig)" in words, LATER in words) == (True, True, False)


async def test_children_of_one_family_are_one_family() -> None:
    site = await a_site(family_language="ar", household_id=named("family"))
    await others(site, 3 * ENOUGH)
    words = await partner_reads(site)

    assert (SCHOOL in words, LANGUAGE in words) == (False, False)


@pytest.mark.parametrize(
    "differs",
    [{"district": "noord"}, {"age_band": AgeBand.TEENAGER}, {"language": "tr", "organisation_id": named("x")}],
)
async def test_families_elsewhere_of_another_age_or_with_neither_in_common_do_not_count(
    differs: dict[str, object],
) -> None:
    site = await a_site(family_language="ar")
    await others(site, 3 * ENOUGH, **differs)

    words = await partner_reads(site)
    assert (SCHOOL in words, LANGUAGE in words) == (False, False)


async def test_partner_reads_both_after_its_yes_and_not_after_it_took_that_back() -> None:
    site = await a_site(family_language="ar")
    _, link = await mailed(site)
    page = f"/antwoord/{link.token}"
    assert SCHOOL not in text_of(await site.get(page))

    await site.post(page, **ACCEPTED)
    words = text_of(await site.get(page))
    assert (SCHOOL in words, LANGUAGE in words) == (True, True)

    await site.post(page, choice="revert")
    words = text_of(await site.get(page))
    assert (SCHOOL in words, LANGUAGE in words) == (False, False)


async def test_partner_that_is_signed_in_reads_no_more_than_by_its_link() -> None:
    site = await a_site("fietsbende", family_language="ar", interpreter_needed=True)
    referral_id, _ = await mailed(site)
    site.sign_in(Role.PARTNER, "fietsbende", "contact of fietsbende")

    page = (await site.get(f"/doorverwijzingen/{referral_id}")).text
    assert (SCHOOL in page, LANGUAGE in page, "tolk" in page) == (False, False, False)


async def test_ambassador_reads_both() -> None:
    site = await a_site(family_language="ar")
    words = text_of(await site.get(await mailed_to_ambassador(site)))

    assert (SCHOOL in words, LANGUAGE in words) == (True, True)


@given(state=some.sampled_from(ReferralState), school=counts, language=counts, both=counts)
def test_what_is_told_together_is_shared_by_enough_families(
    state: ReferralState, school: int, language: int, both: int
) -> None:
    alike = Alike(school, language, min(school, language, both))
    told = told_to_partner(state, alike, ENOUGH)

    if state in SAID_YES:
        assert told == Told(school=True, language=True)
    else:
        shared = {(True, True): alike.both, (True, False): school, (False, True): language}
        assert shared.get((told.school, told.language), ENOUGH) >= ENOUGH
