"""Whom the forms of invitations reach."""

from typing import Final

from services.community.web.reaches import BASE
from shared.kernel.translatable import to_translate
from shared.web.reach import DESK, Reach

INVITE: Final = Reach(
    f"POST {BASE}/{{gathering_id}}/uitnodigen", seen_by=(DESK,), note="Wie je kiest, krijgt een mail."
)
DECLINE: Final = Reach(
    f"POST {BASE}/uitnodiging/{{token}}", seen_by=(DESK,), note=to_translate("Alleen hoeveel mensen nee zeggen.")
)
ACCEPT: Final = Reach(f"POST {BASE}/uitnodiging/{{token}}/aanmelden", perhaps=("seat-confirm",), seen_by=(DESK,))
