"""Whom the forms of calendars reach."""

from typing import Final

from services.community.web.reaches import BASE
from shared.kernel.translatable import to_translate
from shared.web.reach import Reach

_NOTE: Final = to_translate("Alleen wie de link heeft, kan deze agenda lezen.")
FEED: Final = Reach(f"POST {BASE}/agenda", note=_NOTE)
SEAT_FEED: Final = Reach(f"POST {BASE}/plek/{{token}}/agenda", note=_NOTE)
