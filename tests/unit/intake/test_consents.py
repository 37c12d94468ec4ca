"""A family says what each kind of partner may read, says no, and takes it back; the history of it stays."""

from datetime import timedelta
from typing import Any

import pytest

from services.intake.domain.consent import ConsentState, FieldSet
from services.intake.domain.consent_given import How
from services.intake.domain.errors import NotPossibleNow, NotYourFamily, UnknownCase
from services.intake.domain.rules import Viewer
from services.intake.handlers.cases import close_case
from services.intake.handlers.consent_endings import end_passed_consents
from services.intake.handlers.consents import withdraw_case
from services.intake.handlers.inventory import complete_inventory
from services.intake.handlers.safety import press
from shared.events.base import ConsentGiver
from shared.events.consents import ConsentGiven, ConsentRefused, PartnerConsentWithdrawn
from shared.events.intake import CaseWithdrawn
from shared.kernel.errors import Invalid, Refusal, SeveralInvalid
from tests.unit.intake.answering import REACH, TODAY, Family
from tests.unit.intake.builders import (
    COLLEAGUE,
    CONTACT,
    PARTNER,
    ROOS,
    SERVICE,
    closing,
    inventory,
    need,
    said,
)


async def test_a_request_alone_shows_a_partner_nothing(family: Family) -> None:
    assert await family.shows() == frozenset()


async def test_what_the_family_allows_is_seen_and_who_wrote_it_down_is_kept(family: Family) -> None:
    await family.gives()
    assert await family.shows() == REACH
    assert await family.shows("welfare") == frozenset()
    (consent,) = await family.history()
    assert (consent.recorded_by, consent.state, consent.text_version, consent.language) == (
        ROOS.person_id, ConsentState.GIVEN, "2026-1", "nl",
    )  # fmt: skip
    assert family.told() == [ConsentGiven]


async def test_the_family_itself_answers_on_its_own_page(family: Family) -> None:
    await family.gives(None, how=How.OWN_PAGE)
    (consent,) = await family.history()
    assert (consent.recorded_by, consent.how) == (None, How.OWN_PAGE)


async def test_another_answer_replaces_the_one_before_which_stays_readable(family: Family) -> None:
    await family.gives()
    await family.gives(field_sets=frozenset({FieldSet.CHILD}))
    await family.refuses()
    assert await family.shows() == frozenset()
    first, second, last = await family.history()
    assert [first.state, second.state, last.state] == ["replaced", "replaced", "refused"]
    assert (first.field_sets, second.field_sets) == (REACH, frozenset({FieldSet.CHILD}))
    assert family.told() == [ConsentGiven, ConsentGiven, ConsentRefused]


async def test_the_same_answer_once_more_changes_nothing(family: Family) -> None:
    for _ in range(2):
        await family.gives()
    for _ in range(2):
        await family.refuses(partner_kind="welfare")
    assert len(await family.history()) == 2
    assert family.told() == [ConsentGiven, ConsentRefused]


async def test_yes_of_the_family_itself_for_every_kind_opens_what_ended_for_one(family: Family) -> None:
    for_all: dict[str, Any] = {
        "by": None,
        "partner_kind": None,
        "how": How.OWN_PAGE,
        "given_on": TODAY + timedelta(days=2),
    }
    await family.gives(until=TODAY + timedelta(days=1))
    family.clock.forward(timedelta(days=2))
    await family.gives(partner_kind=None, how=How.OWN_PAGE, given_on=TODAY + timedelta(days=2))
    async with family.units.begin() as unit:
        await end_passed_consents(unit)
    assert await family.shows() == frozenset()

    for _ in range(2):  # the same as stands for every kind, and nothing new the second time
        await family.gives(**for_all)
        assert await family.shows() == REACH
    assert [each.state for each in await family.history()] == ["replaced", "replaced", "given"]


async def test_family_stops_with_one_organisation_at_once_and_for_good(family: Family) -> None:
    await family.gives()
    await family.stops()
    assert await family.shows() == frozenset()
    assert await family.shows(organisation_id=SERVICE) == REACH
    await family.gives(field_sets=frozenset(FieldSet))
    assert await family.shows() == frozenset()
    await family.stops()
    assert family.told() == [ConsentGiven, PartnerConsentWithdrawn, ConsentGiven]
    (event,) = [each for each in said(family.units) if isinstance(each, PartnerConsentWithdrawn)]
    assert (event.organisation_id, event.ambassador_id) == (PARTNER, ROOS.person_id)


async def test_family_takes_back_everything_and_its_answers_say_so(family: Family) -> None:
    await family.gives()
    await family.refuses(partner_kind="welfare")
    await family.stops(None, None)
    assert [each.state for each in await family.history()] == ["withdrawn", "refused"]
    assert await family.shows() == frozenset()
    assert family.told() == [ConsentGiven, ConsentRefused, CaseWithdrawn]
    with pytest.raises(NotPossibleNow):
        await family.gives()


async def test_ambassador_who_takes_the_request_back_takes_back_what_was_allowed(family: Family) -> None:
    await family.gives()
    async with family.units.begin() as unit:
        await withdraw_case(family.case_id, unit, ROOS)
    assert [each.state for each in await family.history()] == ["withdrawn"]


async def test_nothing_is_seen_of_a_case_that_is_over_or_stands_still(family: Family) -> None:
    await family.gives()
    async with family.units.begin() as unit:
        await press(family.case_id, unit, ROOS)
    assert await family.shows() == frozenset()
    # The family's own page is not there then: whoever looks along learns nothing.
    with pytest.raises(UnknownCase):
        await family.stops(by=None)


async def test_nothing_is_seen_of_a_case_that_is_closed(family: Family) -> None:
    await family.gives()
    async with family.units.begin() as unit:
        await close_case(await closing(family.case_id, unit), unit, ROOS)
    assert await family.shows() == frozenset()


async def test_an_excluded_organisation_sees_nothing(family: Family) -> None:
    await family.gives()
    async with family.units.begin() as unit:
        found = inventory(family.case_id, [need("bike")], excluded_organisations=(PARTNER,))
        await complete_inventory(found, unit, ROOS)
    assert await family.shows() == frozenset()


async def test_a_no_needs_no_text_and_anybody_of_the_family_says_it(family: Family) -> None:
    await family.refuses(text_version="2099-1", language="zgh", given_by=ConsentGiver.YOUNG_PERSON)
    assert [each.state for each in await family.history()] == [ConsentState.REFUSED]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"field_sets": frozenset()}, "nothing-allowed"),
        ({"given_by": ConsentGiver.YOUNG_PERSON}, "wrong-consent-giver"),
        ({"given_on": TODAY + timedelta(days=1)}, "consent-in-the-future"),
        ({"text_version": "2099-1"}, "consent-text-not-yet"),
        ({"language": "zgh"}, "consent-not-in-language"),
        ({"until": TODAY}, "consent-day-passed"),
        ({"partner_kind": "wizards"}, "unknown-partner-kind"),
    ],
)
async def test_an_answer_that_cannot_be_is_refused_by_name(family: Family, changes: dict[str, Any], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        await family.gives(**changes)
    assert refused.value.code == code
    assert await family.history() == []


async def test_all_that_is_wrong_is_told_at_once(family: Family) -> None:
    with pytest.raises(SeveralInvalid) as refused:
        await family.gives(given_by=ConsentGiver.YOUNG_PERSON, language="zgh", until=TODAY)
    assert [each.field for each in refused.value.wrong] == ["consent.givenBy", "consent.language", "consent.until"]


@pytest.mark.parametrize(("viewer", "why"), [(COLLEAGUE, NotYourFamily), (CONTACT, UnknownCase)])
async def test_only_who_knows_the_family_writes_its_answer_down(
    family: Family, viewer: Viewer, why: type[Refusal]
) -> None:
    with pytest.raises(why):
        await family.gives(viewer)
    with pytest.raises(why):
        await family.stops(by=viewer)
    assert await family.history() == []
