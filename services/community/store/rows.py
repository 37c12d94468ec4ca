"""From what is stored to what the domain knows, and back: the columns have the names of the fields."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from services.community.domain.gathering import DETAILS, Details, Gathering, GatheringState
from services.community.domain.material import Material
from services.community.domain.place import Checked, Place
from services.community.domain.seat import Seat, SeatState
from services.community.domain.series import Series
from services.community.domain.sign_up import AccessNeed, ComesAs, Food, Needs, SeenBy, SignUp
from services.community.domain.table_wish import TableWish
from shared.events.community import CancelReason, GatheringKind

Row = Mapping[str, Any]


def gathering_row(gathering: Gathering) -> dict[str, Any]:
    """All columns of a gathering."""
    row = asdict(gathering) | {"themes": sorted(gathering.themes)}
    return {**row.pop("details"), **row}


def gathering_of(row: Row) -> Gathering:
    """The gathering in this row."""
    details = {name: row[name] for name in DETAILS} | {"kind": GatheringKind(row["kind"])}
    reason = row["cancelled_because"]
    rest = {
        name: row[name]
        for name in (
            "id",
            "changed_at",
            "sequence",
            "report",
            "series_id",
            "contact_person_id",
            "walk_ins",
            "told_as",
            "of_experience",
            "prepares_id",
            "holiday_on",
        )
    }
    return Gathering(
        details=Details(**details),
        state=GatheringState(row["state"]),
        cancelled_because=CancelReason(reason) if reason else None,
        themes=frozenset(row["themes"]),
        materials=tuple(Material(**one) for one in row["materials"]),
        **rest,
    )


def series_of(row: Row) -> Series:
    """The rule in this row."""
    return Series(**{**row, "kind": GatheringKind(row["kind"])})


def place_row(place: Place) -> dict[str, Any]:
    """All columns of a place."""
    return asdict(place) | {"found": sorted(place.found)}


def place_of(row: Row) -> Place:
    """The place in this row."""
    return Place(**{**row, "found": frozenset(map(Checked, row["found"]))})


def seat_row(seat: Seat) -> dict[str, Any]:
    """All columns of a seat, but the digest of its address."""
    return asdict(seat)


def seat_of(row: Row) -> Seat:
    """The seat in this row."""
    known = {name: value for name, value in row.items() if name != "address_digest"}
    return Seat(**known | {"state": SeatState(row["state"])})


def sign_up_texts(sign_up: SignUp) -> dict[str, str]:
    """What is told, each as the text that is sealed."""
    needs = asdict(sign_up.needs) | {"access": sorted(sign_up.needs.access), "diet": sorted(sign_up.needs.diet)}
    texts = {name: str(getattr(sign_up, name)) for name in SignUp.__dataclass_fields__}
    return texts | {"needs": json.dumps(needs), "table_wish": _wish_text(sign_up.table_wish)}


def sign_up_of(texts: Mapping[str, str]) -> SignUp:
    """What was told, out of its texts."""
    needs = json.loads(texts["needs"])
    sets = {"access": frozenset(map(AccessNeed, needs["access"])), "diet": frozenset(map(Food, needs["diet"]))}
    told: dict[str, Any] = {
        **texts,
        "needs": Needs(**needs | sets),
        "seen_by": SeenBy(texts["seen_by"]),
        "comes_as": ComesAs(texts["comes_as"]),
        "table_wish": _wish_of(texts["table_wish"]),
    }
    return SignUp(**told)


def _wish_text(wish: TableWish) -> str:
    return json.dumps(asdict(wish) | {"to_meet": sorted(map(str, wish.to_meet))}, default=str)


def _wish_of(text: str) -> TableWish:
    told = json.loads(text)
    own = UUID(told["organisation_id"]) if told["organisation_id"] else None
    return TableWish(**told | {"organisation_id": own, "to_meet": frozenset(map(UUID, told["to_meet"]))})
