"""What is told with an answer to a follow-up: words for the vault, a point for the desk, and nothing by looking."""

import pytest

from shared.events.case_codes import CallTime, FamilyMood
from shared.events.monitoring import EscalationRaised, EscalationReason, FollowUpRecorded
from tests.unit.monitoring.app import asked, visitor
from tests.unit.monitoring.builders import AMBASSADOR, CASE


async def test_page_says_which_request_it_is_about_and_no_name() -> None:
    monitoring, path, _ = await asked()
    async with visitor(monitoring) as browser:
        page = await browser.get(path)
    assert "Op 8 september 2026 vroeg je om een fiets voor een gezin in Noord." in page.text


@pytest.mark.parametrize("query", ["answer=call-me", "answer=going-well&phone=0612345678", "family=better"])
async def test_get_with_the_fields_of_the_form_in_its_query_changes_nothing(query: str) -> None:
    monitoring, path, _ = await asked()
    async with visitor(monitoring) as browser:
        for method in ("GET", "HEAD"):
            assert (await browser.request(method, f"{path}?{query}")).status_code == 200
    assert (monitoring.published(), monitoring.vault.kept) == ([], [])


async def test_number_and_line_go_to_the_vault_and_nowhere_else() -> None:
    monitoring, path, _ = await asked()
    form = {
        "answer": "call-me",
        "call_at": "morning",
        "phone": "06 12 34 56 78",
        "line": "Moeder is ziek.",
        "family": "harder",
    }
    async with visitor(monitoring) as browser:
        sent = await browser.post(path, data=form)
    assert (sent.status_code, sent.headers["location"]) == (303, path)
    (kept,) = monitoring.vault.kept
    assert (kept.case_id, kept.written_by, kept.words) == (CASE, AMBASSADOR, "Bel op 06 12345678.\nMoeder is ziek.")
    (recorded,) = (event for event in monitoring.published() if isinstance(event, FollowUpRecorded))
    assert (recorded.call_at, recorded.family) == (CallTime.MORNING, FamilyMood.HARDER)
    assert "Moeder" not in str(monitoring.units.tables.__dict__)


async def test_when_the_vault_is_away_the_answer_is_kept_and_the_line_is_still_there() -> None:
    monitoring, path, _ = await asked()
    monitoring.vault.away = True
    async with visitor(monitoring) as browser:
        page = await browser.post(path, data={"answer": "going-well", "line": "Ze lacht <weer>."})
        assert page.status_code == 503
        assert "Wat je koos, is bewaard. Wat je erbij typte, nog niet." in page.text
        assert "Ze lacht &lt;weer&gt;." in page.text
        assert [type(event) for event in monitoring.published()] == [FollowUpRecorded]
        monitoring.vault.away = False
        again = await browser.post(f"{path}/woorden", data={"line": "Ze lacht <weer>."})
    assert (again.status_code, again.headers["location"]) == (303, path)
    assert [one.words for one in monitoring.vault.kept] == ["Ze lacht <weer>."]


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"phone": "bel maar"}, "Op welk nummer? <span"),
        ({"phone": "bel maar"}, "dit is geen telefoonnummer"),
        ({"line": "Haar nummer is 111222333."}, "hier lijkt een burgerservicenummer te staan"),
        ({"line": "x" * 801}, "hooguit 800 tekens"),
    ],
)
async def test_wrong_words_are_named_and_nothing_typed_is_lost(typed: dict[str, str], problem: str) -> None:
    monitoring, path, _ = await asked()
    async with visitor(monitoring) as browser:
        page = await browser.post(path, data={"answer": "call-me", **typed})
    assert page.status_code == 400
    assert problem in page.text
    assert all(text in page.text for text in typed.values())
    assert (monitoring.published(), monitoring.vault.kept) == ([], [])


@pytest.mark.parametrize(
    ("choice", "reason"),
    [("not-well", EscalationReason.NOT_GOING_WELL), ("left-school", EscalationReason.LEFT_SCHOOL),
     ("call-me", EscalationReason.CALL_ASKED)],
)  # fmt: skip
async def test_answer_that_asks_for_somebody_is_a_point_for_the_desk(choice: str, reason: EscalationReason) -> None:
    monitoring, path, _ = await asked()
    async with visitor(monitoring) as browser:
        await browser.post(path, data={"answer": choice})
    (raised,) = (event for event in monitoring.published() if isinstance(event, EscalationRaised))
    assert (raised.reason, raised.at_once, raised.call_id) == (reason, choice == "call-me", AMBASSADOR)
