"""Opening hours out of files: by the members of the standard, or in words, which are never lost."""

import json
from pathlib import Path
from typing import Any

import pytest

from services.matching.domain.opening_words import hours_in
from tests.unit.matching.city import World, named, organisation, service
from tests.unit.matching.map_files.reading import read, read_one, told
from tests.unit.matching.site import Site

WORKDAYS = {"freq": "WEEKLY", "byday": "MO,TU", "opens_at": "09:00", "closes_at": "17:00"}


@pytest.mark.parametrize(
    ("schedule", "words", "known"),
    [
        (WORKDAYS, "maandag, dinsdag van 09:00 tot 17:00 uur", True),
        ({**WORKDAYS, "description": "ma en di 9-17"}, "ma en di 9-17", True),
        ({**WORKDAYS, "description": "Bel aan"}, "maandag, dinsdag van 09:00 tot 17:00 uur (Bel aan)", True),
        (
            {**WORKDAYS, "description": "Alleen op afspraak"},
            "maandag, dinsdag van 09:00 tot 17:00 uur (Alleen op afspraak)",
            False,
        ),
        (
            {**WORKDAYS, "valid_from": "2026-09-01", "valid_to": "2027-06-30"},
            "van 1-9-2026 tot en met 30-6-2027: maandag, dinsdag van 09:00 tot 17:00 uur",
            True,
        ),
        (
            {**WORKDAYS, "dtstart": "2026-09-01"},
            "vanaf 1-9-2026: maandag, dinsdag van 09:00 tot 17:00 uur",
            True,
        ),
        ({**WORKDAYS, "until": "2027-06-30"}, "tot en met 30-6-2027: maandag, dinsdag van 09:00 tot 17:00 uur", True),
        ({**WORKDAYS, "freq": "MONTHLY", "byday": "2MO"}, "iedere maand 2e maandag van 09:00 tot 17:00 uur", True),
        (
            {**WORKDAYS, "freq": "MONTHLY", "byday": "-1FR"},
            "iedere maand laatste vrijdag van 09:00 tot 17:00 uur",
            True,
        ),
        ({**WORKDAYS, "interval": 2}, "om de 2 weken maandag, dinsdag van 09:00 tot 17:00 uur", False),
        ({**WORKDAYS, "byweekno": "41"}, "soms maandag, dinsdag van 09:00 tot 17:00 uur", False),
        ({**WORKDAYS, "freq": "YEARLY"}, "ieder jaar maandag, dinsdag van 09:00 tot 17:00 uur", False),
        ({"description": "op afspraak"}, "op afspraak", False),
    ],
)
def test_hours_of_the_standard_are_read_and_what_they_leave_open_is_not_guessed(
    tmp_path: Path, schedule: dict[str, Any], words: str, *, known: bool
) -> None:
    found, _ = read_one(tmp_path, schedules=[schedule])

    assert (found.schedule, hours_in(found.schedule).are_known) == (words, known)


async def test_hours_go_out_as_the_standard_has_them_and_come_back_in_the_same_words(tmp_path: Path) -> None:
    world = World()
    words = "ma-vr 9.00-17.00\n1e za 20:00-02:00 (bel aan); vanaf 1-9-2026: zo 13-15"
    async with world.units.begin() as unit:
        await unit.organisations.save(organisation("fiets"))
        await unit.services.save(service("fiets", schedule=words))

    whole = (await Site(world).get(f"/hsds/services/{named('service fiets')}")).json()
    came = [
        {name: one.get(name) for name in ("freq", "byday", "opens_at", "closes_at", "valid_from")}
        for one in whole["schedules"]
    ]
    back, _ = read_one(tmp_path, schedules=json.loads(json.dumps(whole["schedules"])))

    assert came == [
        dict(zip(came[0], row, strict=True))
        for row in (
            ("WEEKLY", "MO,TU,WE,TH,FR", "09:00", "17:00", None),
            ("MONTHLY", "1SA", "20:00", "02:00", None),
            ("WEEKLY", "SU", "13:00", "15:00", "2026-09-01"),
        )
    ]
    assert len({one["id"] for one in whole["schedules"]}) == len(came)
    assert back.schedule == words


def test_words_of_a_table_are_kept_and_those_without_hours_are_named(tmp_path: Path) -> None:
    head = "organisatie;aanbod;categorieen;tijden\n"
    known = read(tmp_path, head + 'Fietsenfonds;Fiets;bike;"ma-vr 09:00-17:00; za 10:00-12:00"\n', "kaart.csv")
    words = read(tmp_path, head + "Fietsenfonds;Fiets;bike;op afspraak\n", "kaart.csv")

    assert [one.schedule for one in known.services] == ["ma-vr 09:00-17:00; za 10:00-12:00"]
    assert (told(known), told(words)) == ([], [("tijden", "ma-vr 09:00-17:00; za 10:00-12:00")])
    assert [one.schedule for one in words.services] == ["op afspraak"]
