"""Whom the forms of examples for the table reach."""

from typing import Final

from services.community.web.reaches import BASE
from shared.web.reach import DESK, Reach

EXAMPLES: Final = f"{BASE}/voorbeelden"
NEW: Final = Reach(
    f"POST {EXAMPLES}/nieuw", mails=("example-waiting",), seen_by=(DESK,), note="Een collega leest het eerst."
)
CHANGE: Final = Reach(
    f"POST {EXAMPLES}/{{example_id}}/wijzigen",
    mails=("example-waiting",),
    seen_by=(DESK,),
    note="Een collega leest het dan opnieuw.",
)
APPROVE: Final = Reach(f"POST {EXAMPLES}/{{example_id}}/goedkeuren", seen_by=(DESK,))
RETURN: Final = Reach(f"POST {EXAMPLES}/{{example_id}}/terug", mails=("example-returned",), seen_by=(DESK,))
WITHDRAW: Final = Reach(
    f"POST {EXAMPLES}/{{example_id}}/intrekken", seen_by=(DESK,), note="De tekst is dan weg, ook bij elke bijeenkomst."
)
TIE: Final = Reach(f"POST {EXAMPLES}/{{example_id}}/bijeenkomst", seen_by=(DESK,), note="Wie ontvangt, leest het ook.")
UNTIE: Final = Reach(f"POST {EXAMPLES}/{{example_id}}/los", seen_by=(DESK,))
