"""Examples for the table, through the pages: made, read by a colleague, tied to a gathering, withdrawn."""

from datetime import timedelta

import pytest

from services.community.domain.hosting import HostTurn, TurnState
from services.community.handlers.examples import forget_examples
from services.community.handlers.leaving import keep_who_is_there
from shared.events.alike_families import ShapeFact
from shared.events.base import Role
from shared.events.programme import ExampleReturned, ExampleSubmitted
from tests.parts.people import listed
from tests.unit.community.examples import COLLEAGUE, FIRST, FORM, PAGE, STORY, approved, made, on_the_table, sent, shown
from tests.unit.community.world import COORDINATOR, EVENING, Community, an_id, announced


async def test_example_is_looked_at_by_a_colleague_and_lies_on_the_table_of_a_gathering() -> None:
    community = Community()
    gathering_id = await announced(community.units)
    path = await made(community)
    page = (await shown(community, path)).text
    assert STORY.split(".", maxsplit=1)[0] in page
    assert "Een collega leest dit nog" in page
    assert "Keur goed" not in page
    async with community.visitor(Role.COORDINATOR, COLLEAGUE) as colleague:
        assert "Keur goed" in (await colleague.get(path)).text
    await sent(community, f"{path}/goedkeuren", FIRST, COLLEAGUE)
    await sent(community, f"{path}/bijeenkomst", {"gathering": str(gathering_id)})

    there = f"/bijeenkomsten/{gathering_id}/voorbeelden"
    assert f'href="{there}"' in (await shown(community, f"/bijeenkomsten/{gathering_id}")).text
    assert "Voorbeeld Noa" in (await shown(community, there)).text
    paper = (await shown(community, f"{there}/{path.rpartition('/')[2]}")).text
    assert all(words in paper for words in ("Wie zou je bellen?", "Wat kan er anders", "Noa bestaat niet", "zwemles"))


async def test_whoever_wrote_it_does_not_approve_it_or_give_it_back() -> None:
    community = Community()
    path = await made(community)
    for step, more in (("goedkeuren", FIRST), ("terug", FIRST | {"reason": "Te bekend."})):
        assert (await sent(community, f"{path}/{step}", more)).status_code == 409
    assert "een collega leest het nog" in (await shown(community, path)).text


async def test_colleague_gives_it_back_with_a_reason_and_it_waits_again_when_it_is_changed() -> None:
    community = Community()
    path = await made(community)
    assert (await sent(community, f"{path}/terug", FIRST, COLLEAGUE)).status_code == 400
    named = await sent(community, f"{path}/terug", FIRST | {"reason": "Dit is het verhaal van Fatima."}, COLLEAGUE)
    assert named.status_code == 400
    await sent(community, f"{path}/terug", FIRST | {"reason": "Dit lijkt op een gezin van ons."}, COLLEAGUE)
    page = (await shown(community, path)).text
    assert "Dit lijkt op een gezin van ons." in page
    assert "moet anders" in page

    await sent(community, f"{path}/wijzigen", FORM | {"body": "Noa wil graag fietsen."})
    assert "een collega leest het nog" in (await shown(community, path)).text
    assert [type(one) for one in community.published() if getattr(one, "person_id", None) == COORDINATOR] == [
        ExampleSubmitted, ExampleReturned, ExampleSubmitted,
    ]  # fmt: skip


async def test_change_after_approval_is_approved_anew_and_lies_on_no_table_until_then() -> None:
    community = Community()
    gathering_id = await announced(community.units)
    path = await on_the_table(community, gathering_id)
    there = f"/bijeenkomsten/{gathering_id}/voorbeelden"
    await sent(community, f"{path}/wijzigen", FORM | {"body": "Noa wil graag fietsen."}, COLLEAGUE)
    assert "Voorbeeld Noa" not in (await shown(community, there)).text
    # The one that the first of them read is gone, and whoever changed it is no second pair of eyes.
    assert (await sent(community, f"{path}/goedkeuren", FIRST)).status_code == 409
    assert (await sent(community, f"{path}/goedkeuren", {"version": "2"}, COLLEAGUE)).status_code == 409
    assert (await sent(community, f"{path}/goedkeuren", {"version": "2"})).status_code == 303
    assert "Voorbeeld Noa" in (await shown(community, there)).text


async def test_shape_that_is_too_rare_is_kept_nowhere_and_the_page_says_what_to_leave_out() -> None:
    community = Community()
    community.commonness.rare = (ShapeFact.AGE_BAND,)
    for choice, status in (("look", 200), ("keep", 400)):
        reply = await sent(community, f"{PAGE}/nieuw", FORM | {"choice": choice})
        assert reply.status_code == status
        assert "Minder dan 10 gezinnen" in reply.text
        assert "<li>Hoe oud is het kind?</li>" in reply.text
    assert community.units.tables.table("examples") == {}


async def test_shape_can_be_looked_at_before_anything_is_invented() -> None:
    community = Community()
    reply = await sent(community, f"{PAGE}/nieuw", {"category": "bike", "choice": "look"})
    assert reply.status_code == 200
    assert "Minstens 10 gezinnen" in reply.text
    lacking = await sent(community, f"{PAGE}/nieuw", {"category": "bike", "choice": "keep"})
    assert lacking.status_code == 400
    assert "Kies een voornaam." in lacking.text


async def test_shape_that_became_rare_is_not_approved_and_lies_on_no_new_table() -> None:
    community = Community()
    first, second = await announced(community.units), await announced(community.units)
    tied, waiting = await on_the_table(community, first), await made(community)
    community.commonness.rare = ()
    assert (await sent(community, f"{waiting}/goedkeuren", FIRST, COLLEAGUE)).status_code == 409
    refused = await sent(community, f"{tied}/bijeenkomst", {"gathering": str(second)})
    assert refused.status_code == 409
    assert "Te weinig gezinnen" in refused.text
    assert "Voorbeeld Noa" not in (await shown(community, f"/bijeenkomsten/{second}/voorbeelden")).text


async def test_nothing_is_kept_approved_or_tied_while_intake_is_away() -> None:
    community = Community()
    gathering_id = await announced(community.units)
    ready, waiting = await approved(community), await made(community)
    community.commonness.away = True
    written = await sent(community, f"{PAGE}/nieuw", FORM)
    assert written.status_code == 503
    assert STORY.partition("'")[0] in written.text
    assert "niets goedgekeurd" in written.text
    for path, who, more in (
        (f"{waiting}/goedkeuren", COLLEAGUE, FIRST),
        (f"{ready}/bijeenkomst", COORDINATOR, {"gathering": str(gathering_id)}),
    ):
        reply = await sent(community, path, more, who)
        assert reply.status_code == 503
        assert "niets goedgekeurd" in reply.text
    assert "een collega leest het nog" in (await shown(community, waiting)).text
    assert len(community.units.tables.table("examples")) == 2
    assert community.units.tables.table("example_gatherings") == {}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"body": "Haar broertje Zonnetje Verzonnen helpt."}, "Zonnetje"),
        ({"body": "Fatima is moe."}, "Fatima"),
        ({"body": "Noa is HWVF-UYAH."}, "HWVF-UYAH"),
        ({"body": "Bel haar op 06 12345678."}, "06 12345678"),
        ({"body": "Zij is jarig op 3 maart."}, "3 maart"),
        ({"body": "Zij woont in de kerkstraat 12."}, "kerkstraat 12"),
        ({"body": "Noa is 123456782."}, "burgerservicenummer"),
        ({"body": "Noa is moe. " * 101}, "Wat is er aan de hand"),
        ({"called": "Zonnetje"}, "Hoe heet het kind"),
        ({"category": "something"}, "kies wat klopt"),
        ({"district": "noord", "homeLanguage": "another", "children": "one"}, "niet meer dan 4"),
        ({"alsoCategory": "bike"}, "twee keer dezelfde hulp"),
    ],
)
async def test_what_tells_who_a_child_is_is_refused(changed: dict[str, str], words: str) -> None:
    community = Community()
    more = {"alsoCategory": "clothing"} if "homeLanguage" in changed else {}
    reply = await sent(community, f"{PAGE}/nieuw", FORM | changed | more)
    assert reply.status_code == 400
    assert words in reply.text
    assert community.units.tables.table("examples") == {}


async def test_colleague_is_shown_the_words_among_which_a_name_may_be() -> None:
    community = Community()
    path = await made(community, body="Zij speelt met fatima.")
    async with community.visitor(Role.COORDINATOR, COLLEAGUE) as colleague:
        assert "Deze woorden kennen we niet: fatima." in (await colleague.get(path)).text


async def test_whoever_hosts_reads_it_and_nobody_else_of_the_network() -> None:
    community = Community()
    gathering_id = await announced(community.units)
    path = await on_the_table(community, gathering_id)
    there = f"/bijeenkomsten/{gathering_id}/voorbeelden"
    async with community.units.begin() as unit:
        for role, state in ((Role.PARTNER, TurnState.ACCEPTED), (Role.MEMBER, TurnState.PROPOSED)):
            turn = HostTurn(an_id(f"turn of {role}"), gathering_id, an_id(role), an_id("desk"), EVENING.starts_at)
            turn.state = state
            await unit.turns.save(turn)

    assert (await shown(community, f"{there}/{path.rpartition('/')[2]}", Role.PARTNER)).status_code == 200
    assert f'href="{there}"' in (await shown(community, "/bijeenkomsten/gastheer", Role.PARTNER)).text
    for role in (Role.MEMBER, Role.AMBASSADOR):
        assert (await shown(community, there, role)).status_code == 404
    assert (await shown(community, path, Role.PARTNER)).status_code == 403


async def test_withdrawn_example_goes_from_every_table_with_its_words_and_stays_gone() -> None:
    community = Community()
    gathering_id = await announced(community.units)
    path = await on_the_table(community, gathering_id)
    assert (await sent(community, f"{path}/intrekken")).status_code == 303
    page = (await shown(community, path)).text
    assert "De tekst is weg" in page
    assert "zwemles" not in page
    assert "Voorbeeld Noa" not in (await shown(community, f"/bijeenkomsten/{gathering_id}/voorbeelden")).text
    assert (await sent(community, f"{path}/wijzigen", FORM)).status_code == 409
    assert (await sent(community, f"{path}/bijeenkomst", {"gathering": str(gathering_id)})).status_code == 409


async def test_example_is_taken_from_one_table_and_lies_only_on_those_to_come() -> None:
    community = Community()
    gathering_id = await announced(community.units)
    path = await on_the_table(community, gathering_id)
    assert (await sent(community, f"{path}/los", {"gathering": str(gathering_id)})).status_code == 303
    assert community.units.tables.table("example_gatherings") == {}
    assert (await sent(community, f"{path}/bijeenkomst", {"gathering": str(an_id("gone"))})).status_code == 404
    community.moves_to(EVENING.starts_at)
    assert (await sent(community, f"{path}/bijeenkomst", {"gathering": str(gathering_id)})).status_code == 409


async def test_example_is_forgotten_some_time_after_its_last_gathering() -> None:
    community = Community()
    await on_the_table(community, await announced(community.units))
    for moved, left in ((timedelta(weeks=26), 1), (timedelta(days=31), 0)):
        community.clock.forward(moved)
        async with community.units.begin() as unit:
            await forget_examples(unit)
        assert len(community.units.tables.table("examples")) == left
    assert community.units.tables.table("example_gatherings") == {}


async def test_example_of_whoever_left_stays_and_nobody_reads_who_wrote_or_approved_it() -> None:
    community = Community()
    path = await approved(community)
    for person_id in (COORDINATOR, COLLEAGUE):
        left = listed(person_id, an_id("desk"), Role.COORDINATOR, at=community.now)
        async with community.units.begin() as unit:
            await keep_who_is_there(left.model_copy(update={"memberships": ()}), unit)

    (example,) = community.units.tables.table("examples").values()
    assert (example.written_by, example.approved_by) == (None, None)
    async with community.visitor(Role.COORDINATOR, an_id("another")) as desk:
        assert (await desk.get(path)).status_code == 200


async def test_each_step_is_a_line_in_the_log_also_one_that_was_refused() -> None:
    community = Community()
    path = await made(community)
    await sent(community, f"{path}/goedkeuren", FIRST)
    await sent(community, f"{path}/goedkeuren", FIRST, COLLEAGUE)

    lines = [one.entry for one in community.units.tables.table("audit_lines").values()]
    of_examples = [(one.actor.person_id, one.outcome.value) for one in lines if one.purpose == "example"]
    assert of_examples == [
        (COORDINATOR, "done"), (COORDINATOR, "done"), (COORDINATOR, "refused"), (COLLEAGUE, "done"),
    ]  # fmt: skip
    assert "Noa" not in repr(lines)


async def test_no_word_of_an_example_is_published() -> None:
    community = Community()
    await on_the_table(community, await announced(community.units))
    assert "Noa" not in repr(community.published())
