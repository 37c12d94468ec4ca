"""Whom the forms of following themes reach."""

from typing import Final

from services.community.web.reaches import BASE
from shared.kernel.translatable import to_translate
from shared.web.reach import DESK, Reach

THEMES: Final = Reach(
    f"POST {BASE}/{{gathering_id}}/themas",
    perhaps=("theme-announced",),
    seen_by=(DESK,),
    note="Is het al aangekondigd? Dan ziet iedereen het op de site.",
)
FOLLOW: Final = Reach(f"POST {BASE}/volgen", perhaps=("follow-confirm",))
FOLLOW_AS_PERSON: Final = Reach(f"POST {BASE}/volgen/zelf", note=to_translate("Alleen jij ziet wat je volgt."))
CHOOSE: Final = Reach(f"POST {BASE}/volgen/{{token}}", note=to_translate("Je krijgt alleen mails over wat je volgt."))
STOP: Final = Reach(
    f"POST {BASE}/volgen/{{token}} stop", note=to_translate("Je krijgt hier geen mails meer over. Je adres gaat weg.")
)
