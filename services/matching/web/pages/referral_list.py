"""The list of referrals: search, filters and order stand in the address, so that a view can be kept or sent on."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import partial
from typing import Annotated, Final
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from services.matching.domain.referral import Referral
from services.matching.domain.referral_list import Order, ReferralPage, ReferralQuery, Words
from services.matching.domain.referral_state import ASKED, HELPING, ReferralState
from services.matching.handlers.referral_lists import list_referrals
from services.matching.web import words
from services.matching.web.dependencies import TheDependencies, Unit
from services.matching.web.pages.referrals import PATH, Reader
from shared.access.sessions import Session
from shared.events.base import Role
from shared.events.referral_number import as_referral_number
from shared.kernel.city import City
from shared.web.forms import Form

ON_A_PAGE: Final = 50
WAITING: Final = "wacht"
_S = ReferralState
# By their word in the address: what the page calls them, and which states they are.
GROUPS: Final[Mapping[str, tuple[str, frozenset[ReferralState]]]] = {
    "gevraagd": ("Gevraagd, nog geen ja", ASKED),
    "helpt": ("Zegt ja of helpt", HELPING),
    "klaar": ("Klaar, het gezin heeft geantwoord", frozenset({_S.CONFIRMED})),
    "gestopt": ("Hulp is gestopt", frozenset({_S.FAILED})),
    "nee": ("Werd het niet", frozenset({_S.DECLINED, _S.REDIRECTED, _S.EXPIRED, _S.WITHDRAWN})),
}
ORDERS: Final[Mapping[str, tuple[str, Order]]] = {
    "": ("Wat wacht eerst, dan de nieuwste", Order.WAITING),
    "nieuwste": ("De nieuwste eerst", Order.NEWEST),
    "oudste": ("De oudste eerst", Order.OLDEST),
    "antwoord": ("Wie het eerst moet antwoorden", Order.ANSWER_BY),
}
router = APIRouter()
Choice = Annotated[str, Query(max_length=200)]


@dataclass(frozen=True)
class Narrowing:
    """What was chosen above the list; what is unknown does not narrow."""

    zoek: Choice = ""
    hulp: Choice = ""
    stand: Choice = ""
    volgorde: Choice = ""
    dossier: Choice = ""
    pagina: Annotated[int, Query(ge=1, le=10_000)] = 1

    def query(self, city: City) -> ReferralQuery:
        """As the list understands it."""
        return ReferralQuery(
            case_id=_id_or_none(self.dossier),
            words=_words(self.zoek, city),
            category=self.hulp if self.hulp in city.categories else "",
            states=GROUPS[self.stand][1] if self.stand in GROUPS else frozenset(),
            only_waiting=self.stand == WAITING,
            order=ORDERS.get(self.volgorde, ORDERS[""])[1],
            page=self.pagina,
            per_page=ON_A_PAGE,
        )

    @property
    def chosen(self) -> dict[str, str]:
        """The choices, to show them again."""
        names = (one.name for one in fields(self) if one.name != "pagina")
        return {name: getattr(self, name) for name in names if getattr(self, name)}

    def address(self, page: int) -> str:
        """Another page with the same choices."""
        return f"{PATH}?{urlencode({**self.chosen, 'pagina': page})}"


@router.get(PATH)
async def referrals(
    request: Request,
    dependencies: TheDependencies,
    session: Reader,
    choices: Annotated[Narrowing, Depends()],
    unit: Unit,
) -> Response:
    """What waits for this person first, then the newest that they may see; or what they look for."""
    found = await list_referrals(session, choices.query(unit.city), unit)
    page = choices.pagina
    return dependencies.templates.page(
        request,
        "referrals.html",
        found=found,
        choices=choices,
        form=Form(values=choices.chosen),
        groups=[(WAITING, "Wacht op jullie" if session.role is Role.PARTNER else "Wacht op jou"), *_options(GROUPS)],
        orders=[(word, label) for word, (label, _) in ORDERS.items() if word],
        first_order=ORDERS[""][0],
        role=session.role.value,
        words=words,
        shows_question=partial(_shows_question, session),
        previous=choices.address(page - 1) if page > 1 else None,
        following=choices.address(page + 1) if _has_more(found, page) else None,
    )


def _shows_question(session: Session, referral: Referral) -> bool:
    """A partner reads what a child needs while it is asked or helps, and not any more when that is over."""
    return session.role is not Role.PARTNER or referral.is_active


def _has_more(found: ReferralPage, page: int) -> bool:
    return page * ON_A_PAGE < found.total


def _options(groups: Mapping[str, tuple[str, frozenset[ReferralState]]]) -> list[tuple[str, str]]:
    return [(word, label) for word, (label, _) in groups.items()]


def _words(typed: str, city: City) -> Words | None:
    """A number in any writing, a name of a partner, or a kind of help as the city calls it."""
    text = " ".join(typed.split())
    if not text:
        return None
    number = as_referral_number(text) or text.replace(" ", "").upper()
    plain = text.casefold()
    meant = {code for code in city.categories if plain in city.categories.words(code).casefold()}
    return Words(code=number, name=text, categories=frozenset(meant))


def _id_or_none(typed: str) -> UUID | None:
    try:
        return UUID(typed) if typed else None
    except ValueError:
        return None
