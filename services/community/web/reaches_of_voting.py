"""Whom the forms of a vote reach."""

from typing import Final

from services.community.web.reaches import BASE
from shared.kernel.translatable import to_translate
from shared.web.reach import DESK, Reach

BALLOT: Final = Reach(
    f"POST {BASE}/plek/{{token}}/stemmen",
    note=to_translate("Niemand leest wat jij koos. We tellen alleen alle stemmen samen."),
)
VOTING: Final = Reach(
    f"POST {BASE}/{{gathering_id}}/ronde/stemmen",
    seen_by=(DESK,),
    note="Wie een plek heeft, stemt met de link in zijn mail.",
)
