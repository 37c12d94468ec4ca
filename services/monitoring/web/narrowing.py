"""The choices above the board, as they stand in its address: what they mean, and how to change one of them."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Annotated, Final
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from fastapi import Query

from services.monitoring.domain.board import FEWEST_LETTERS, RINGING, BoardFilter, BoardOrder, SortKey
from services.monitoring.domain.lane import Lane
from services.monitoring.domain.state import CaseState
from shared.events.monitoring import EscalationReason
from shared.kernel.city import City
from shared.web.forms import Form

MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
MOST_LETTERS: Final = 60
Choice = Annotated[str, Query(max_length=MOST_LETTERS)]
MINE, NOBODYS = "mij", "niemand"
SORT_KEYS: Final[Mapping[str, SortKey]] = {
    "nummer": SortKey.CODE,
    "urgentie": SortKey.URGENCY,
    "wijk": SortKey.DISTRICT,
    "door": SortKey.ASKED_BY,
    "sinds": SortKey.SINCE,
    "toestand": SortKey.STATE,
    "stap": SortKey.NEXT_STEP,
    "wie": SortKey.OWNER,
}
# How many lines a page may have; the first, when nothing is chosen.
SIZES: Final = ("50", "100", "200")
# What narrows, in the order of the page; `volgorde` and `aantal` say only how it is shown.
FILTERS: Final = (
    "zoek", "groep", "van", "punt", "wijk", "categorie", "maand", "toestand", "betrokken", "vast", "oog", "stap",
    "afgerond",
)  # fmt: skip
SHOWN: Final = ("volgorde", "aantal")
NAMES: Final = (*FILTERS, *SHOWN)
LABELS: Final[Mapping[str, str]] = {
    "zoek": "Zoeken",
    "groep": "Groep",
    "van": "Van wie",
    "punt": "Wat er aan de hand is",
    "wijk": "Wijk",
    "categorie": "Wat nodig is",
    "maand": "Gevraagd in",
    "toestand": "Toestand",
    "betrokken": "Betrokken organisatie",
    "volgorde": "Volgorde",
    "aantal": "Regels op een pagina",
}


@dataclass(frozen=True)
class Narrowing:
    """What stands in the address; what is unknown does not narrow, and the page says so (`unknown`)."""

    zoek: Choice = ""
    groep: Choice = ""
    van: Choice = ""
    punt: Choice = ""
    wijk: Choice = ""
    categorie: Choice = ""
    maand: Choice = ""
    toestand: Choice = ""
    betrokken: Choice = ""
    vast: Choice = ""
    oog: Choice = ""
    stap: Choice = ""
    afgerond: Choice = ""
    volgorde: Choice = ""
    aantal: Choice = ""
    pagina: Annotated[int, Query(ge=1, le=10_000)] = 1

    @classmethod
    def of_query(cls, query: str) -> "Narrowing":
        """The choices of a saved view; a choice that there is no more is passed over."""
        kept = {name: value for name, value in parse_qsl(query) if name in NAMES and len(value) <= MOST_LETTERS}
        return replace(cls(), **kept)  # type: ignore[arg-type]  # all of them are words but the page

    @property
    def text(self) -> str | None:
        """What is searched; less than two letters is in everything."""
        typed = " ".join(self.zoek.split())
        return typed if sum(one.isalnum() for one in typed) >= FEWEST_LETTERS else None

    @property
    def organisation_id(self) -> UUID | None:
        """The school or partner that is chosen."""
        try:
            return UUID(self.betrokken)
        except ValueError:
            return None

    @property
    def size(self) -> int:
        """How many lines a page has."""
        return int(self.aantal if self.aantal in SIZES else SIZES[0])

    def wanted(self, city: City, now: datetime, mine: Collection[UUID]) -> BoardFilter:
        """As the board understands it; `mine`: who looks, and for whom they stand in."""
        asked_from, asked_before = self._month(city)
        return BoardFilter(
            text=self.text,
            lane=Lane(self.groep) if self.groep in set(Lane) else None,
            owner_ids=frozenset(mine) if self.van == MINE else frozenset(),
            without_owner=self.van == NOBODYS,
            reason=EscalationReason(self.punt) if self.punt in set(EscalationReason) else None,
            category=self.categorie if self.categorie in city.categories else None,
            asked_from=asked_from,
            asked_before=asked_before,
            district=self.wijk if self.wijk in city.districts else None,
            state=CaseState(self.toestand) if self.toestand in set(CaseState) else None,
            organisation_id=self.organisation_id,
            stuck_only=bool(self.vast),
            out_of_sight=bool(self.oog),
            late_since=now - RINGING if self.stap else None,
            with_ended=bool(self.afgerond) or self.toestand in {CaseState.CLOSED, CaseState.WITHDRAWN},
        )

    def order(self) -> BoardOrder:
        """How it is sorted."""
        key = SORT_KEYS.get(self.volgorde.removeprefix("-"))
        return BoardOrder(key, descending=key is not None and self.volgorde.startswith("-"))

    def unknown(self, city: City) -> Iterator[tuple[str, str]]:
        """Choices that mean nothing (any more), as a label and what stood there."""
        known = {
            "zoek": self.text is not None,
            "groep": self.groep in set(Lane),
            "van": self.van in {MINE, NOBODYS},
            "punt": self.punt in set(EscalationReason),
            "wijk": self.wijk in city.districts,
            "categorie": self.categorie in city.categories,
            "maand": MONTH.fullmatch(self.maand) is not None,
            "toestand": self.toestand in set(CaseState),
            "betrokken": self.organisation_id is not None,
            "volgorde": self.order().by is not None,
            "aantal": self.aantal in SIZES,
        }
        chosen = self.chosen()
        return ((LABELS[name], chosen[name]) for name, holds in known.items() if name in chosen and not holds)

    def chosen(self) -> dict[str, str]:
        """Everything that is chosen, by its name in the address."""
        return {name: getattr(self, name) for name in NAMES if getattr(self, name)}

    def address(self, path: str = "/bord", **changes: str) -> str:
        """The same choices with these changed; an empty value takes one away."""
        query = {name: value for name, value in {**self.chosen(), **changes}.items() if value}
        # Without any choice the board opens with the view that somebody prefers.
        return f"{path}?{urlencode(query or {'alles': 'ja'})}"

    def query(self) -> str:
        """What a saved view keeps."""
        return urlencode(self.chosen())

    def form(self) -> Form[None]:  # type: ignore[type-var]  # only shown again, never read as a model
        """The choices, to show them again."""
        return Form(values=dict(self.chosen()))

    def _month(self, city: City) -> tuple[datetime | None, datetime | None]:
        """The first instant of the month in which was asked, and that of the next."""
        if (match := MONTH.fullmatch(self.maand)) is None:
            return None, None
        first = date(int(match[1]), int(match[2]), 1)
        after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        return city.instant_of(first, time()), city.instant_of(after, time())
