"""On its own page a family says who may read what, and stops one partner without an explanation."""

import re
from typing import Any
from uuid import UUID

import pytest

from services.intake.commands import AnswerConsent
from services.intake.domain.case_state import CaseState
from services.intake.domain.consent import ConsentState, FieldSet
from services.intake.domain.consent_given import How
from services.intake.domain.dossier import Fact
from services.intake.domain.progress import NeedProgress, Progress
from services.intake.handlers.consents import give_consent, may_see
from services.intake.handlers.family_page import told_of
from services.intake.handlers.referrals import note_of_referral
from shared.events.base import Beneficiary, ConsentGiver
from shared.events.consents import PartnerConsentWithdrawn
from shared.events.referral_codes import WithdrawReason
from shared.events.referral_deletion import DeletionRequested, PartnerConfirmedDeletion
from tests.parts.city import a_city
from tests.unit.intake.builders import CONTACT, NOW, PARTNER, ROOS, SERVICE, said
from tests.unit.intake.pages import Pages, pages_in
from tests.unit.intake.test_family_door import card_of, family_of

YES = {"fieldSets": ["reach", "child"], "givenBy": "guardian", "answer": "yes"}
OF_REFERRAL: dict[str, Any] = {
    "occurred_at": NOW, "referral_id": SERVICE, "need_id": SERVICE, "organisation_id": PARTNER, "service_id": SERVICE,
    "case_code": "K7RM-4TXA", "contact_id": CONTACT.person_id, "ambassador_id": ROOS.person_id, "category": "bike",
    "beneficiary": Beneficiary.CHILD,
}  # fmt: skip
STOPPED: dict[str, Any] = {"reason": WithdrawReason.FAMILY_STOPPED, "was_helping": True, "has_helped": False}
NO = {"givenBy": "guardian", "answer": "no"}


async def helps(pages: Pages) -> None:
    """A partner said yes for the first need."""
    async with pages.units.begin() as unit:
        case = await unit.cases.read(pages.case_id)
        assert case is not None
        await unit.network.save_organisation(PARTNER, "De Fietsbende", "sports-club")
        need_id = case.needs[0].need_id
        await unit.timeline.save_progress(
            NeedProgress(need_id, case.id, Progress.ACCEPTED, NOW, organisation_id=PARTNER)
        )


async def sees(pages: Pages, organisation_id: UUID = PARTNER) -> frozenset[FieldSet]:
    """What this organisation may read now."""
    async with pages.units.begin() as unit:
        return await may_see(pages.case_id, organisation_id, await unit.network.read_kind(organisation_id), unit)


async def test_family_allows_what_it_ticks_and_the_page_shows_who_may_read_it(pages: Pages) -> None:
    await helps(pages)
    async with family_of(pages, await card_of(pages)) as family:
        before = (await family.get("/gezin/toestemming")).text
        assert (await family.post("/gezin/toestemming", data=YES)).status_code == 303
        after = (await family.get("/gezin/toestemming")).text

    assert "Ziet niet wie jullie zijn." in before
    assert not re.search(r'<input[^>]*name="fieldSets"[^>]*checked', before)
    assert "Mag zien, na een ja: hoe zij jullie bereiken en naam en geboortedatum van het kind." in after
    assert await sees(pages) == {FieldSet.REACH, FieldSet.CHILD}
    async with pages.units.begin() as unit:
        (answer,) = await unit.consents.list_of_case(pages.case_id)
    assert (answer.how, answer.recorded_by, answer.state) == (How.OWN_PAGE, None, ConsentState.GIVEN)


async def test_family_stops_one_partner_which_from_then_on_reads_nothing(pages: Pages) -> None:
    await helps(pages)
    async with family_of(pages, await card_of(pages)) as family:
        await family.post("/gezin/toestemming", data=YES)
        reply = await family.post("/gezin/toestemming/stop", data={"organisationId": str(PARTNER)})
        page = (await family.get(reply.headers["location"])).text

    assert "Gestopt. Deze organisatie ziet niets meer van jullie." in page
    assert "Ziet niets meer van jullie." in page
    assert await sees(pages) == frozenset()
    assert isinstance(said(pages.units)[-1], PartnerConsentWithdrawn)


async def test_no_of_a_family_weighs_as_much_as_its_yes_and_ends_nothing(pages: Pages) -> None:
    await helps(pages)
    async with family_of(pages, await card_of(pages)) as family:
        await family.post("/gezin/toestemming", data=YES)
        page = (await family.get("/gezin/toestemming")).text
        await family.post("/gezin/toestemming", data=NO)

    buttons = re.findall(r'<button class="([^"]+)"[^>]*name="answer"', page)
    assert len(buttons) == 2
    assert len(set(buttons)) == 1
    assert await sees(pages) == frozenset()
    async with pages.units.begin() as unit:
        case = await unit.cases.read(pages.case_id)
    assert case is not None
    assert case.is_open


@pytest.mark.parametrize(("typed", "seen"), [(NO, set()), (YES, {FieldSet.REACH, FieldSet.CHILD})])
async def test_what_the_family_says_itself_takes_the_place_of_what_was_said_of_one_kind(
    pages: Pages, typed: dict[str, str], seen: set[FieldSet]
) -> None:
    await helps(pages)
    async with family_of(pages, await card_of(pages)) as family:
        for _ in range(2):  # also when the family says the same again
            await of_its_kind(pages, FieldSet.REACH, FieldSet.STORY)
            assert await sees(pages) == {FieldSet.REACH, FieldSet.STORY}
            await family.post("/gezin/toestemming", data=typed)
            assert await sees(pages) == seen


async def test_family_says_it_of_one_kind_in_plain_words_and_of_all_in_its_place(pages: Pages) -> None:
    await helps(pages)
    async with family_of(pages, await card_of(pages)) as family:
        before = (await family.get("/gezin/toestemming?leestaal=ar")).text
        await family.post("/gezin/toestemming", data={**YES, "partnerKind": "sports-club"})
        assert await sees(pages) == {FieldSet.REACH, FieldSet.CHILD}
        assert await sees(pages, SERVICE) == frozenset()
        after = (await family.get("/gezin/toestemming")).text
        await family.post("/gezin/toestemming", data=NO)
        assert (await family.post("/gezin/toestemming", data={**YES, "partnerKind": "wizards"})).status_code == 400

    assert "نادٍ رياضي" in before
    assert "Sportclub" in after
    assert "Ja: hoe zij jullie bereiken en naam en geboortedatum van het kind." in after
    assert await sees(pages) == frozenset()


async def test_text_of_the_city_is_read_in_the_language_of_the_reader(pages: Pages) -> None:
    sharing = a_city().consent.sharing["2026-1"]
    async with family_of(pages, await card_of(pages)) as family:
        for language in ("nl", "ar", "uk"):
            page = (await family.get(f"/gezin/toestemming?leestaal={language}")).text
            assert sharing[language].question in page
            assert sharing[language].stop in page
        await family.post("/gezin/toestemming?leestaal=ar", data=YES)
    async with pages.units.begin() as unit:
        (answer,) = await unit.consents.list_of_case(pages.case_id)
    assert (answer.text_version, answer.language) == ("2026-1", "ar")


async def test_without_a_text_nobody_can_say_yes_and_a_no_is_kept() -> None:
    pages = await pages_in(a_city({"consent": {"sharing": None}}))
    async with family_of(pages, await card_of(pages)) as family:
        page = await family.get("/gezin/toestemming")
        yes = await family.post("/gezin/toestemming", data=YES)
        no = await family.post("/gezin/toestemming", data=NO)
        async with pages.units.begin() as unit:
            (answer,) = await unit.consents.list_of_case(pages.case_id)

    assert (page.status_code, yes.status_code, no.status_code) == (200, 400, 303)
    assert "Deze vraag is er nog niet." in yes.text
    assert answer.state is ConsentState.REFUSED


async def test_family_reads_since_when_a_partner_deleted_all_that_it_knew(pages: Pages) -> None:
    await helps(pages)
    async with family_of(pages, await card_of(pages)) as family:
        await family.post("/gezin/toestemming/stop", data={"organisationId": str(PARTNER)})
        async with pages.units.begin() as unit:
            await note_of_referral(DeletionRequested(**OF_REFERRAL, subject=pages.case_id, **STOPPED), unit)
        asked = (await family.get("/gezin/toestemming")).text
        async with pages.units.begin() as unit:
            done = PartnerConfirmedDeletion(**OF_REFERRAL, subject=pages.case_id, confirmed_by=CONTACT.person_id)
            await note_of_referral(done, unit)
        after = (await family.get("/gezin/toestemming")).text
        await family.post("/gezin/toestemming/alles", data={"sure": "true"})
        at_the_end = (await family.get("/gezin/toestemming")).text

    assert "Zij zeiden nog niet dat het klaar is." in asked
    for page in (after, at_the_end):
        assert "Gewist op 10 maart 2026." in page
        assert "Zij zeiden nog niet" not in page


async def test_stop_with_nobody_is_not_said_to_be_done(pages: Pages) -> None:
    async with family_of(pages, await card_of(pages)) as family:
        for typed in ({"organisationId": "x"}, {"organisationId": str(SERVICE)}):
            reply = await family.post("/gezin/toestemming/stop", data=typed)
            assert reply.status_code == 400
            assert "Deze organisatie staat hier niet." in reply.text


async def test_what_partners_may_read_is_no_day_on_which_it_was_told(pages: Pages) -> None:
    await of_its_kind(pages, FieldSet.STORY)
    async with pages.units.begin() as unit:
        case = await unit.cases.read(pages.case_id)
        assert case is not None
        assert "story" not in await told_of(case, unit)


async def test_yes_that_the_child_outgrew_is_not_called_one_before_the_night_ends_it(pages: Pages) -> None:
    async with family_of(pages, await card_of(pages)) as family:
        await family.post("/gezin/toestemming", data=YES)
        async with pages.units.begin() as unit:
            await unit.vault.tell(pages.case_id, {Fact.BIRTH_DATE: "2013-01-01"})
        page = (await family.get("/gezin/toestemming")).text

    assert "Dit geldt niet meer. Zij zien niets van jullie." in page
    assert "Ja: " not in page


async def of_its_kind(pages: Pages, *allowed: FieldSet) -> None:
    """The ambassador wrote down what clubs may read."""
    told = AnswerConsent(
        case_id=pages.case_id, partner_kind="sports-club", field_sets=frozenset(allowed),
        given_by=ConsentGiver.GUARDIAN, given_on=NOW.date(), text_version="2026-1", language="nl", interpreter=False,
        how=How.SPOKEN,
    )  # fmt: skip
    async with pages.units.begin() as unit:
        await give_consent(told, ROOS, unit)


@pytest.mark.parametrize("typed", [{}, {"givenBy": "young-person", "answer": "yes", "fieldSets": "reach"}])
async def test_who_may_not_say_so_is_told_at_the_field(pages: Pages, typed: dict[str, str]) -> None:
    async with family_of(pages, await card_of(pages)) as family:
        assert (await family.post("/gezin/toestemming", data=typed or {"a": "b"})).status_code == 400


async def test_family_stops_everything_only_when_it_is_sure(pages: Pages) -> None:
    async with family_of(pages, await card_of(pages)) as family:
        assert (await family.post("/gezin/toestemming/alles", data={"a": "b"})).status_code == 400
        reply = await family.post("/gezin/toestemming/alles", data={"sure": "true"})
        assert "Alles is gestopt." in (await family.get(reply.headers["location"])).text
    async with pages.units.begin() as unit:
        case = await unit.cases.read(pages.case_id)
    assert case is not None
    assert case.state is CaseState.WITHDRAWN


@pytest.mark.parametrize("organisation", ["", "de fietsbende"])
async def test_stop_that_names_nobody_is_not_told_to_be_done(pages: Pages, organisation: str) -> None:
    async with family_of(pages, await card_of(pages)) as family:
        reply = await family.post("/gezin/toestemming/stop", data={"organisationId": organisation})

    assert reply.status_code == 400
    assert "Gestopt." not in reply.text
