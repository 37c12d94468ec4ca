"""What a service costs, in HSDS: options with an amount, and a text."""

import re
from typing import Any, Final

from services.matching.adapters.checking import RowCheck
from services.matching.adapters.hsds_members import Node
from services.matching.domain.network import NOT_FREE
from shared.kernel.searched_words import folded

FREE: Final = frozenset(
    {"gratis", "kosteloos", "geen kosten", "geen", "nul", "niets", "free", "free of charge", "no charge", "no cost"}
)
SAYS_NO: Final = frozenset({NOT_FREE, "not free"})
_NOUGHT: Final = re.compile(r"(?:€|eur|euro)? ?0(?:[.,](?:00?|-))?(?: ?(?:€|eur|euro))?")
EXAMPLE = '[{"option": "per les", "amount": 2.5}]'
_SIGNS: Final = {"": "€", "EUR": "€"}
_A_PRICE: Final = re.compile("[1-9]")


def costs(check: RowCheck, node: Node) -> dict[str, Any]:
    """All that is said of it, and whether it is free: only when everything says so."""
    listed = check.objects("cost_options", node.get("cost_options"))
    texts = [text for text in (check.text(name, node.get(name)) for name in ("fees", "fees_description")) if text]
    options = [_option(check, one, alone=len(listed) == 1 and not texts) for one in listed]
    said = [*options, *((text, free_by_words(text)) for text in texts)]
    words = dict.fromkeys(text for text, _ in said if text and not _is_free_in(text))
    free = {is_free for _, is_free in said}
    is_free = False if False in free else None if None in free or not free else True
    return {"is_free": is_free, "cost": "; ".join(words)}


def free_by_words(text: str) -> bool | None:
    """What words say of the price; None: they leave it open, as "naar draagkracht" does."""
    if _is_free_in(text):
        return True
    return False if _A_PRICE.search(text) or folded(text) in SAYS_NO else None


def _is_free_in(text: str) -> bool:
    plain = folded(text).strip(" .!")
    return plain in FREE or _NOUGHT.fullmatch(plain) is not None


def _option(check: RowCheck, one: Node, *, alone: bool) -> tuple[str, bool | None]:
    words = [check.text("cost_options", one.get(name)) for name in ("option", "amount_description")]
    says_no = any(folded(word) in SAYS_NO for word in words)
    text = ", ".join(dict.fromkeys(word for word in words if word and folded(word) not in SAYS_NO))
    amount = one.get("amount")
    if isinstance(amount, bool) or not isinstance(amount, int | float | None):
        check.refuse("cost_options", "het bedrag moet een getal zijn", EXAMPLE)
        return text, None
    if amount is None:
        return text, False if says_no else free_by_words(text) if text else None
    if amount == 0:
        return text if alone or not text or _is_free_in(text) else f"{text}: gratis", True
    money = _money(amount, check.text("cost_options", one.get("currency")).upper())
    return text if _names(text, amount) else f"{text}: {money}" if text else money, False


def _money(amount: float, currency: str) -> str:
    whole = float(amount).is_integer()
    written = f"{amount:.0f}" if whole else f"{amount:.2f}".replace(".", ",")
    return f"{_SIGNS.get(currency, currency)} {written}"


def _names(text: str, amount: float) -> bool:
    """Whether the words tell the amount already."""
    numbers = (each.replace(",", ".") for each in re.findall(r"\d+(?:[.,]\d{1,2})?", text))
    return any(float(each) == amount for each in numbers)
