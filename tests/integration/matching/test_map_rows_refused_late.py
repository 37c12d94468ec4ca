"""A row that was good in the preview and is refused when it is taken over: the page and the table say why."""

import json

from services.matching.domain.case import CaseFile
from services.matching.domain.map_import import REFUSED_ROWS, ImportState, Outcome, Verdict
from services.matching.ports import MatchingUnit
from shared.events.base import AgeBand, Role
from shared.unit_of_work import Units
from tests.integration.matching.sent_maps import HEADER, WRONG, lines, previewed, said_yes, taken
from tests.unit.matching.city import named

SOURCE, NAME = "de kaart", "mensen.json"


def people(role: str) -> str:
    juf = {"name": "Juf Verzonnen", "email": "juf@school.example", "role": role, "organization_id": "school"}
    return json.dumps({"organizations": [{"id": "school", "name": "De Verzonnen School"}], "people": [juf]})


async def asks_for_a_family(units: Units[MatchingUnit]) -> None:
    """The teacher has a family from now on, so that her role cannot end."""
    async with units.begin() as unit:
        juf = await unit.people.read_by_email("juf@school.example")
        assert juf is not None
        [school] = juf.organisation_ids
        case = CaseFile(named("case"), "AC34-DEFG", juf.id, school, "oost", AgeBand.CHILD, "nl")
        await unit.cases.save(case)


async def test_row_refused_only_at_taking_over_says_why_on_the_page_and_in_the_table(
    units: Units[MatchingUnit],
) -> None:
    await taken(units, people("ambassador"), SOURCE, NAME)
    sent = await previewed(units, people("coordinator"), SOURCE, NAME)
    assert await lines(units, sent, Verdict.REFUSED) == []
    await asks_for_a_family(units)

    done = await said_yes(units, sent)

    assert done.state is ImportState.TAKEN
    [refused] = await lines(units, sent, Verdict.REFUSED)
    assert (refused.line, refused.column) == (1, "rol")
    assert refused.problem == "aan deze rol hangt nog werk; geef dat eerst over bij Netwerk, Mensen"
    assert {one.outcome for one in await lines(units, sent, Verdict.CHANGED)} == {Outcome.SHOWN}, "it was not done"
    async with units.begin() as unit:
        table = await unit.map_imports.read_part(sent.id, REFUSED_ROWS)
        juf = await unit.people.read_by_email("juf@school.example")
    assert table is not None
    assert refused.problem in table.decode("utf-8-sig")
    assert juf is not None
    assert [one.role for one in juf.memberships] == [Role.AMBASSADOR]


async def test_row_refused_in_the_preview_already_is_told_once(units: Units[MatchingUnit]) -> None:
    sent = await taken(units, HEADER + WRONG + "Kledingbank;Jas;clothing;Een jas;;\n")

    [refused] = await lines(units, sent, Verdict.REFUSED)
    assert refused.line == 2
