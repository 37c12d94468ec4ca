"""A gathering from draft to report: what it needs, and which facts follow."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.community.domain.errors import NotInThisState, NotReadyToAnnounce
from services.community.domain.gathering import Details, Gathering, GatheringState
from services.community.domain.place import Checked, Place
from shared.events.community import CancelReason, GatheringAnnounced, GatheringCancelled, GatheringMoved
from tests.parts.city import a_city
from tests.unit.community.world import DE_BOEI, EVENING, TUESDAY, an_id, later

CITY = a_city()


def draft(details: Details = EVENING) -> Gathering:
    return Gathering(an_id("gathering"), details, TUESDAY)


def announced() -> Gathering:
    gathering = draft()
    assert [type(one) for one in gathering.announce(DE_BOEI, CITY, TUESDAY)] == [GatheringAnnounced]
    return gathering


@pytest.mark.parametrize(
    ("details", "place", "reason"),
    [
        (replace(EVENING, contact_phone=""), DE_BOEI, "toegankelijkheid"),
        (replace(EVENING, contact_name=""), DE_BOEI, "toegankelijkheid"),
        (EVENING, None, "nog geen plek"),
        (EVENING, replace(DE_BOEI, checked_on=None), "niet bekeken"),
        (EVENING, replace(DE_BOEI, checked_on=date(2024, 9, 8)), "niet bekeken"),
        (replace(EVENING, capacity=0), DE_BOEI, "hoeveel mensen"),
        (replace(EVENING, language="xx"), DE_BOEI, "welke taal"),
        (later(EVENING, -31), DE_BOEI, "al voorbij"),
    ],
)
def test_gathering_is_not_announced_without_what_people_rely_on(
    details: Details, place: Place | None, reason: str
) -> None:
    gathering = draft(details)

    with pytest.raises(NotReadyToAnnounce, match=reason):
        gathering.announce(place, CITY, TUESDAY)
    assert gathering.state is GatheringState.DRAFT


def test_check_of_a_place_is_good_for_so_many_months_to_the_day() -> None:
    place = replace(DE_BOEI, checked_on=date(2024, 2, 29))

    assert [place.is_fit(day, 12) for day in (date(2025, 2, 28), date(2025, 3, 1))] == [True, False]
    assert [place.is_fit(day, 24) for day in (date(2026, 2, 28), date(2026, 3, 1))] == [True, False]


def test_place_passes_only_when_all_is_in_order_and_an_expert_by_experience_agrees() -> None:
    everything, today = frozenset(Checked), date(2026, 9, 8)

    assert DE_BOEI.checked(everything, today, agreed=True).is_fit(today, 24)
    assert not DE_BOEI.checked(everything, today, agreed=False).is_fit(today, 24)
    assert not DE_BOEI.checked(everything - {Checked.TOILET}, today, agreed=True).is_fit(today, 24)


def test_sequence_grows_when_time_or_place_changes_and_not_for_other_words() -> None:
    gathering, seen = announced(), list[int]()

    for details in (later(EVENING, 1), later(EVENING, 2), replace(later(EVENING, 2), about="Iets anders.")):
        gathering.change(details, DE_BOEI, CITY, TUESDAY)
        seen.append(gathering.sequence)

    assert seen == [1, 2, 2]
    assert gathering.state is GatheringState.MOVED


def test_draft_changes_in_silence() -> None:
    gathering = draft()

    assert gathering.change(later(EVENING, 1), None, CITY, TUESDAY) == []
    assert gathering.sequence == 0


def test_gathering_that_people_know_of_is_not_moved_to_a_place_that_nobody_looked_at() -> None:
    with pytest.raises(NotReadyToAnnounce, match="niet bekeken"):
        announced().change(later(EVENING, 800), DE_BOEI, CITY, TUESDAY)


def test_moved_gathering_says_when_it_is_now() -> None:
    (moved,) = announced().change(later(EVENING, 1), DE_BOEI, CITY, TUESDAY)

    assert isinstance(moved, GatheringMoved)
    assert (moved.starts_at, moved.sequence) == (EVENING.starts_at + timedelta(days=1), 1)


def test_cancelled_gathering_is_over_for_good() -> None:
    gathering = announced()

    (cancelled,) = gathering.cancel(CancelReason.ILLNESS, TUESDAY)

    assert isinstance(cancelled, GatheringCancelled)
    assert (cancelled.reason, cancelled.sequence) == (CancelReason.ILLNESS, 1)
    with pytest.raises(NotInThisState):
        gathering.cancel(CancelReason.OTHER, TUESDAY)
    with pytest.raises(NotInThisState):
        gathering.announce(DE_BOEI, CITY, TUESDAY)
    with pytest.raises(NotInThisState):
        gathering.change(later(EVENING, 1), DE_BOEI, CITY, TUESDAY)
    with pytest.raises(NotInThisState):
        gathering.hold(EVENING.ends_at)
    with pytest.raises(NotInThisState):
        gathering.write_report("Goed nieuws", TUESDAY)


def test_cancelled_draft_was_never_there_for_others() -> None:
    assert draft().cancel(CancelReason.OTHER, TUESDAY) == []


def test_report_comes_after_the_gathering_and_can_be_corrected() -> None:
    gathering = announced()
    with pytest.raises(NotInThisState):
        gathering.write_report("Te vroeg", TUESDAY)
    with pytest.raises(NotInThisState):
        gathering.hold(EVENING.ends_at - timedelta(minutes=1))

    gathering.hold(EVENING.ends_at)
    gathering.write_report("Goed nieuws", EVENING.ends_at)
    gathering.write_report("Beter nieuws", EVENING.ends_at)

    assert (gathering.state, gathering.report) == (GatheringState.REPORTED, "Beter nieuws")
