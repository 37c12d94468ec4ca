"""A trusted person passes a worry on to an ambassador, and an ambassador to another."""

from datetime import timedelta

import pytest

from services.intake.domain.rules import Viewer
from services.intake.handlers.trainings import keep_training, keep_who_is_there
from shared.events.cards import TrainingRecorded
from shared.events.directory import PersonListed
from shared.events.early_signals import EarlySignalRaised
from tests.parts.people import member
from tests.unit.intake.builders import (
    COLLEAGUE,
    CONTACT,
    COORDINATOR,
    OTHER_SCHOOL,
    ROOS,
    SCHOOL,
    STRANGER,
    TRUSTED,
    said,
)
from tests.unit.intake.pages import FORM, Pages

PATH = "/aanvragen/doorgeven"
ID = "00000000-0000-7000-8000-0000000000c8"
SIGNAL = f"/aanvragen/signaal/{ID}"
WORRY = {
    "signalId": ID, "organisationId": str(SCHOOL), "ambassadorId": str(ROOS.person_id),
    "worries": ["too-little-food", "stress-at-home"], "district": "oost", "ageBand": "8-11",
}  # fmt: skip
TO_SAAR = {"organisationId": str(OTHER_SCHOOL), "ambassadorId": str(STRANGER.person_id)}


TO_NOBODY: list[dict[str, object]] = [
    {"ambassadorId": str(STRANGER.person_id)}, {"ambassadorId": str(TRUSTED.person_id)}, {"worries": []},
]  # fmt: skip


def raised(pages: Pages) -> list[EarlySignalRaised]:
    return [fact for fact in said(pages.units) if isinstance(fact, EarlySignalRaised)]


@pytest.fixture
async def passed(pages: Pages) -> Pages:
    reply = await pages.sends(TRUSTED, PATH, WORRY)
    assert reply.headers["Location"] == f"{PATH}?gelukt=doorgegeven"
    return pages


async def test_trusted_person_finds_school_and_person_by_name(pages: Pages) -> None:
    assert f"{PATH}?bij={SCHOOL}" in (await pages.shows(TRUSTED, f"{PATH}?zoek=bedachte")).text
    page = (await pages.shows(TRUSTED, f"{PATH}?bij={SCHOOL}")).text
    assert "Roos Verzonnen" in page
    assert "Schrijf geen namen op" in page
    # Who the child is, is told on the telephone: there is no field for words.
    assert "<textarea" not in page


async def test_worry_is_with_the_ambassador_who_reads_whom_to_call(passed: Pages) -> None:
    (fact,) = raised(passed)
    assert (fact.ambassador_id, fact.organisation_id, fact.passed_on_by) == (ROOS.person_id, SCHOOL, TRUSTED.person_id)
    assert (fact.worries, fact.district) == (tuple(WORRY["worries"]), "oost")
    assert SIGNAL in (await passed.shows(ROOS, "/aanvragen")).text
    page = (await passed.shows(ROOS, SIGNAL)).text
    assert "Bel Tess Verzonnen" in page
    assert 'href="tel:+31100000000"' in page
    assert (await passed.shows(COLLEAGUE, SIGNAL)).status_code == 404


async def test_button_pressed_twice_passes_it_on_once(passed: Pages) -> None:
    assert (await passed.sends(TRUSTED, PATH, WORRY)).status_code == 303
    assert len(raised(passed)) == 1


async def test_trusted_person_sees_in_codes_what_became_of_it(passed: Pages) -> None:
    page = (await passed.shows(TRUSTED, PATH)).text
    assert "De contactpersoon kijkt ernaar" in page
    assert "aan Roos Verzonnen" in page
    await passed.asks(ROOS, {**FORM, "signal": ID})
    page = (await passed.shows(TRUSTED, PATH)).text
    assert "Er is hulp gevraagd" in page
    assert "Zonnetje" not in page


async def test_trusted_person_sees_no_case_and_no_list(passed: Pages) -> None:
    for path in ("/aanvragen", passed.path, SIGNAL, "/aanvragen/nieuw", "/aanvragen/overdragen"):
        assert (await passed.shows(TRUSTED, path)).status_code == 403


@pytest.mark.parametrize("viewer", [ROOS, COORDINATOR, CONTACT], ids=lambda viewer: viewer.role.value)
async def test_page_is_for_trusted_persons(pages: Pages, viewer: Viewer) -> None:
    assert (await pages.shows(viewer, PATH)).status_code == 403
    assert (await pages.sends(viewer, PATH, WORRY)).status_code == 403
    assert not raised(pages)


async def test_worry_goes_to_an_ambassador_of_the_chosen_school_only(pages: Pages) -> None:
    for wrong in TO_NOBODY:
        assert (await pages.sends(TRUSTED, PATH, {**WORRY, **wrong})).status_code == 400
    assert not raised(pages)


async def test_ambassador_passes_it_on_to_somebody_who_knows_the_child(passed: Pages) -> None:
    assert "Bram Verzonnen" in (await passed.shows(ROOS, f"{SIGNAL}/doorgeven")).text
    for _ in range(2):
        reply = await passed.sends(ROOS, f"{SIGNAL}/doorgeven", TO_SAAR)
        assert reply.headers["Location"] == "/aanvragen?gelukt=doorgegeven"
    first, second = raised(passed)
    assert (second.ambassador_id, second.passed_on_by) == (STRANGER.person_id, TRUSTED.person_id)
    assert first.signal_code == second.signal_code
    assert "Bel Tess Verzonnen" in (await passed.shows(STRANGER, SIGNAL)).text
    assert (await passed.shows(ROOS, SIGNAL)).status_code == 404
    assert "aan Saar Verzonnen" in (await passed.shows(TRUSTED, PATH)).text


async def test_own_signal_that_goes_on_says_whom_to_call_and_takes_no_words_along(pages: Pages) -> None:
    own = {"signalId": ID, "worries": ["too-little-food"], "remark": "Vrijdag nog eens vragen."}
    await pages.sends(ROOS, "/aanvragen/signaal/nieuw", own)
    await pages.sends(ROOS, f"{SIGNAL}/doorgeven", {**TO_SAAR})
    assert raised(pages)[-1].passed_on_by == ROOS.person_id
    page = (await pages.shows(STRANGER, SIGNAL)).text
    assert "Bel Roos Verzonnen" in page
    assert "Vrijdag" not in page
    assert not pages.units.tables.table("signal_remarks")


async def test_signal_that_ended_goes_to_nobody(passed: Pages) -> None:
    await passed.sends(ROOS, f"{SIGNAL}/klaar")
    assert (await passed.sends(ROOS, f"{SIGNAL}/doorgeven", TO_SAAR)).status_code == 409
    assert len(raised(passed)) == 1


async def test_trusted_person_of_a_school_begins_with_that_school_and_may_choose_another(pages: Pages) -> None:
    own = Viewer(TRUSTED.person_id, TRUSTED.role, SCHOOL)
    async with pages.units.begin() as unit:
        await unit.members.save(member(own.person_id, SCHOOL, own.role))

    page = (await pages.shows(own, PATH)).text
    assert "Roos Verzonnen" in page
    assert "Op welke school zit het kind?" in page

    page = (await pages.shows(own, f"{PATH}?zoek=andere")).text
    assert "Roos Verzonnen" not in page
    assert f"{PATH}?bij={OTHER_SCHOOL}" in page
    assert "Saar Verzonnen" in (await pages.shows(own, f"{PATH}?bij={OTHER_SCHOOL}")).text


async def test_trusted_person_of_no_school_searches_first(pages: Pages) -> None:
    page = (await pages.shows(TRUSTED, PATH)).text
    assert "Op welke school zit het kind?" in page
    assert "is nog niemand bekend" not in page


async def trained_until(pages: Pages, days: int) -> None:
    async with pages.units.begin() as unit:
        until = unit.city.day_of(unit.now) + timedelta(days=days)
        await keep_training(TrainingRecorded(subject=TRUSTED.person_id, occurred_at=unit.now, valid_until=until), unit)


@pytest.mark.parametrize("days", [0, 1])
async def test_training_that_counts_passes_on(pages: Pages, days: int) -> None:
    await trained_until(pages, days)
    assert (await pages.sends(TRUSTED, PATH, WORRY)).status_code == 303


async def test_training_that_is_over_passes_nothing_new_on_and_what_was_passed_on_stays(passed: Pages) -> None:
    await trained_until(passed, -1)
    refused = await passed.sends(TRUSTED, PATH, WORRY | {"signalId": ID.replace("c8", "c9")})
    assert (refused.status_code, "Je opleiding telt niet meer" in refused.text) == (409, True)
    assert len(raised(passed)) == 1
    page = (await passed.shows(TRUSTED, f"{PATH}?bij={SCHOOL}")).text
    assert ("Je opleiding telt niet meer" in page, "Geef de zorg door" in page) == (True, False)
    assert "Wat je eerder doorgaf" in page
    assert SIGNAL in (await passed.shows(ROOS, "/aanvragen")).text

    await trained_until(passed, 30)
    assert (await passed.sends(TRUSTED, PATH, WORRY | {"signalId": ID.replace("c8", "c9")})).status_code == 303


async def test_training_goes_with_who_leaves(pages: Pages) -> None:
    await trained_until(pages, -1)
    async with pages.units.begin() as unit:
        left = PersonListed(subject=TRUSTED.person_id, occurred_at=unit.now, memberships=(), active=False, epoch=9)
        await keep_who_is_there(left, unit)
        assert await unit.trainings.read(TRUSTED.person_id) is None
