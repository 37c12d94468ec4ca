"""Examples for the table: written by the desk, read by a colleague, and then on the table of a gathering."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from services.community.domain.errors import GatheringNotFound, NotInThisState
from services.community.domain.example import Checked, Example, ExampleState, Told
from services.community.domain.example_errors import ExampleNotFound, TellsWhoItIs
from services.community.domain.gathering import Gathering
from services.community.domain.hosting import TurnState
from services.community.handlers.forgetting import FORGOTTEN_AT_ONCE
from services.community.ports import CommunityUnit
from shared.kernel.city import City
from shared.privacy.certain import Tells
from shared.privacy.telltale import find_telltale, unknown_words

HOSTS: Final = frozenset({TurnState.ACCEPTED, TurnState.SWAPPING})
FOUND: Final = {
    Tells.NUMBER: "Schrijf geen nummers op.",
    Tells.CODE: "Schrijf geen nummer van een dossier op.",
    Tells.DAY: "Schrijf geen datum op.",
    Tells.ADDRESS: "Schrijf geen adres op.",
    Tells.NAME: "Is dat een naam? Noem alleen de voornaam die je koos. Schrijf verder: een vriendin, een fonds.",
}


async def write_example(example_id: UUID | None, told: Told, checked: Checked, by: UUID, unit: CommunityUnit) -> UUID:
    """A colleague reads it next. Raises TellsWhoItIs, NotCommonEnough, ExampleNotFound or NotInThisState."""
    refuse_telltale("body", told.body, known_in(told, unit.city))
    checked.let_pass(told.shape)
    if example_id is None:
        example = Example(unit.ids.new(), told, by, unit.now)
        unit.outbox.append(*example.waits(by, unit.now))
    else:
        example = await _held(example_id, unit)
        unit.outbox.append(*example.rewrite(told, by, unit.now))
    await unit.examples.save(example)
    return example.id


async def approve_example(example_id: UUID, version: int, checked: Checked, by: UUID, unit: CommunityUnit) -> None:
    """It may lie on a table. Raises ExampleNotFound, and what `Example.approve` raises."""
    example = await _held(example_id, unit)
    example.approve(version, checked, by, unit.now)
    await unit.examples.save(example)


async def return_example(example_id: UUID, version: int, reason: str, by: UUID, unit: CommunityUnit) -> None:
    """Not so, and why. Raises TellsWhoItIs, ExampleNotFound, and what `Example.give_back` raises."""
    example = await _held(example_id, unit)
    refuse_telltale("reason", reason, known_in(example.told, unit.city))
    unit.outbox.append(*example.give_back(version, reason, by, unit.now))
    await unit.examples.save(example)


async def withdraw_example(example_id: UUID, unit: CommunityUnit) -> None:
    """It goes from every table, and so do its words. Raises ExampleNotFound."""
    example = await _held(example_id, unit)
    example.withdraw()
    await unit.examples.save(example)
    await unit.examples.untie(example.id)


async def tie_example(example_id: UUID, gathering_id: UUID, checked: Checked, unit: CommunityUnit) -> None:
    """Whoever hosts finds it. Raises ExampleNotFound, GatheringNotFound, and what `Example.tie` raises."""
    gathering = await unit.gatherings.get(gathering_id)
    if gathering is None:
        raise GatheringNotFound
    if not gathering.is_ahead(unit.now):
        raise NotInThisState("Deze bijeenkomst gaat niet door, of is al begonnen. Kies een andere.")
    example = await _held(example_id, unit)
    example.tie(checked, gathering.details.starts_at)
    await unit.examples.save(example)
    await unit.examples.tie(example.id, gathering.id)


async def untie_example(example_id: UUID, gathering_id: UUID, unit: CommunityUnit) -> None:
    """Not on that table. Raises ExampleNotFound."""
    example = await _held(example_id, unit)
    await unit.examples.untie(example.id, gathering_id)


async def find_example(example_id: UUID, unit: CommunityUnit) -> Example:
    """One, to look at. Raises ExampleNotFound."""
    example = await unit.examples.read(example_id)
    if example is None:
        raise ExampleNotFound
    return example


async def list_tables(example_id: UUID, unit: CommunityUnit) -> list[Gathering]:
    """The gatherings on whose tables it lies."""
    found = [await unit.gatherings.read(one) for one in await unit.examples.list_gatherings(example_id)]
    return [one for one in found if one is not None]


async def show_on_table(gathering_id: UUID, unit: CommunityUnit, host: UUID | None) -> tuple[Gathering, list[Example]]:
    """What lies on the table of one gathering; `host`: whoever must be hosting it to see that, None: the desk.

    Raises GatheringNotFound, also for whoever does not host it.
    """
    gathering = await unit.gatherings.read(gathering_id)
    if gathering is None:
        raise GatheringNotFound
    if host is not None and not await hosts(gathering_id, host, unit):
        raise GatheringNotFound
    tied = await unit.examples.list_of(gathering_id)
    return gathering, [one for one in tied if one.state is ExampleState.APPROVED]


async def hosts(gathering_id: UUID, person_id: UUID, unit: CommunityUnit) -> bool:
    """Whether this person said yes to hosting it."""
    turns = await unit.turns.list_of(gathering_id)
    return any(turn.person_id == person_id and turn.state in HOSTS for turn in turns)


async def let_writer_go(person_id: UUID, unit: CommunityUnit) -> None:
    """What this person wrote or approved stays, and nobody reads who that was."""
    for known in await unit.examples.list_all():
        if person_id in {known.written_by, known.approved_by}:
            example = await _held(known.id, unit)
            example.forget(person_id)
            await unit.examples.save(example)


async def forget_examples(unit: CommunityUnit) -> None:
    """What was not used for as long as the city keeps it goes."""
    kept_from = unit.now - timedelta(weeks=unit.city.gatherings.kept_weeks)
    await unit.examples.remove(await unit.examples.list_old(kept_from, FORGOTTEN_AT_ONCE))


def known_in(told: Told, city: City) -> list[str]:
    """The names that may stand in its text: what its shape says anyway."""
    district = told.shape.district
    return [told.called.value, city.name, *([city.districts.words(district)] if district else [])]


def doubtful_words(told: Told, city: City) -> list[str]:
    """Among which a name may be, for whoever reads it a second time."""
    return unknown_words(told.body, known_in(told, city))


def refuse_telltale(field: str, text: str, known: list[str]) -> None:
    """Raises TellsWhoItIs when somebody could be found by it."""
    if found := find_telltale(text, known):
        raise TellsWhoItIs(field, f"Hier staat “{found.words}”. {FOUND[found.tells]}")


async def _held(example_id: UUID, unit: CommunityUnit) -> Example:
    example = await unit.examples.get(example_id)
    if example is None:
        raise ExampleNotFound
    return example
