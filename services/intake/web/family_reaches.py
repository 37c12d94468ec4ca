"""Whom each form on a family's own pages reaches."""

from typing import Final

from shared.events.vocabulary import Audience
from shared.web.reach import DESK, Reach

_SEARCH: Final = (
    "partner-activated", "partner-asked", "nobody-found", "desk-point", "desk-digest", "question-withdrawn",
)  # fmt: skip
FAMILY_REACHES: Final = {
    "not_right": Reach("POST /gezin/klopt-niet", mails=("family-asked",), seen_by=(DESK,)),
    "why": Reach("POST /gezin/waarom", mails=("family-asked",), seen_by=(DESK,)),
    "rest": Reach(
        "POST /gezin/rust", perhaps=("case-paused", "case-resumed", *_SEARCH), seen_by=(Audience.AMBASSADOR, DESK)
    ),
    "rhythm": Reach("POST /gezin/hoe-vaak", seen_by=(Audience.AMBASSADOR, DESK)),
    "rather_not": Reach("POST /gezin/liever-niet", perhaps=_SEARCH, seen_by=(Audience.AMBASSADOR, DESK)),
    "after_all": Reach("POST /gezin/toch-goed", perhaps=_SEARCH, seen_by=(Audience.AMBASSADOR, DESK)),
    "allow": Reach("POST /gezin/toestemming", seen_by=(Audience.AMBASSADOR, DESK)),
    "stop": Reach(
        "POST /gezin/toestemming/stop", perhaps=(*_SEARCH, "stop-and-delete"), seen_by=(Audience.AMBASSADOR, DESK)
    ),
    "stop_all": Reach(
        "POST /gezin/toestemming/alles",
        mails=("case-withdrawn",),
        perhaps=("stop-and-delete", "appointment-cancelled"),
        seen_by=(DESK, Audience.PARTNER),
    ),
    "experience": Reach("POST /gezin/hoe-was-het", seen_by=(DESK,)),
    "story": Reach("POST /gezin/verhaal", seen_by=(DESK,)),
    "story_back": Reach("POST /gezin/verhaal/terug", seen_by=(DESK,)),
}
