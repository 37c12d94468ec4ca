"""Before both families said yes, no byte of one case is anywhere where the other's ambassador looks."""

import asyncio
from typing import Final
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.intake.domain.dossier import Fact
from shared.events.same_child import PlansJoined
from tests.unit.intake.builders import OTHER_SCHOOL, ROOS, STRANGER
from tests.unit.intake.twice import OTHERS, Twice

STEPS: Final = ("look", "yes", "look", "apart", "inventory", "wait")
# What no page of ours has in it by itself.
RARE: Final = st.text(alphabet="ʬʭꝏꝢꝤ", min_size=6, max_size=12)


async def _acted(steps: list[str], word: str) -> None:
    facts: dict[Fact, str] = {
        fact: f"{told} {word}" for fact, told in OTHERS.items() if fact not in {Fact.PHONE, Fact.EMAIL}
    }
    twice = await Twice().asked(facts)
    await twice.looks()
    for step in steps:
        if step == "look":
            await twice.looks()
        elif step in {"yes", "apart"}:
            await twice.decides(STRANGER, twice.second, "together" if step == "yes" else "apart")
        elif step == "inventory":
            await twice.talks(STRANGER, twice.second, "bike", "food")
        else:
            await twice.decides(ROOS, twice.first, "together") if "yes" not in steps else None
    if not twice.told(PlansJoined):
        await _is_quiet(twice, word)


async def _is_quiet(twice: Twice, word: str) -> None:
    other = await twice.case(twice.second)
    seen = await twice.reads_everything(ROOS, twice.first)
    hidden = [word, other.code, str(other.id), str(other.opening.household_id), str(STRANGER.person_id)]
    hidden += [str(OTHER_SCHOOL), "Saar Verzonnen", "De Andere School", OTHERS[Fact.PHONE], OTHERS[Fact.EMAIL]]
    hidden += [str(need.need_id) for need in other.needs]
    assert not [each for each in hidden if each in seen]


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(st.sampled_from(STEPS), max_size=4), word=RARE)
def test_no_byte_of_the_other_case_is_anywhere_before_both_said_yes(steps: list[str], word: str) -> None:
    asyncio.run(_acted(steps, word))


async def test_pair_says_nothing_to_who_guesses_its_address() -> None:
    twice = await Twice().asked()
    await twice.looks()
    (pair,) = twice.pairs()
    known = await twice.pages.shows(ROOS, f"/aanvragen/{twice.second}/zelfde-kind/{pair.id}")
    unknown = await twice.pages.shows(ROOS, f"/aanvragen/{UUID(int=1)}/zelfde-kind/{pair.id}")
    assert (known.status_code, unknown.status_code) == (404, 404)
