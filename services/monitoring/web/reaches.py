"""Whom monitoring's forms reach: one declaration for the words on the page and for the mails that follow."""

from typing import Final

from shared.events.monitoring import FollowUpAnswer
from shared.web.reach import DESK, Reach

TO_NO_FAMILY: Final = "Het gezin krijgt hierover geen bericht."
_PATH: Final = "POST /vervolg/{token}"
# The page shows one form; what follows depends on the answer that is chosen.
FOLLOW_UP: Final = Reach(_PATH, perhaps=("desk-point", "desk-digest"), seen_by=(DESK,), note=TO_NO_FAMILY)
BY_ANSWER: Final = {
    FollowUpAnswer.GOING_WELL: Reach(f"{_PATH} answer=going-well", perhaps=("desk-digest",), seen_by=(DESK,)),
    FollowUpAnswer.NOT_WELL: Reach(f"{_PATH} answer=not-well", perhaps=("desk-point", "desk-digest"), seen_by=(DESK,)),
    FollowUpAnswer.NEW_QUESTION: Reach(f"{_PATH} answer=new-question", seen_by=(DESK,)),
    FollowUpAnswer.CALL_ME: Reach(f"{_PATH} answer=call-me", mails=("desk-point",), seen_by=(DESK,)),
    FollowUpAnswer.DO_NOT_KNOW: Reach(f"{_PATH} answer=do-not-know", seen_by=(DESK,)),
    FollowUpAnswer.LEFT_SCHOOL: Reach(
        f"{_PATH} answer=left-school", perhaps=("desk-point", "desk-digest"), seen_by=(DESK,)
    ),
}
OWN_FOLLOW_UP: Final = Reach(
    "POST /vervolg/vraag/{follow_up_id}", perhaps=FOLLOW_UP.perhaps, seen_by=(DESK,), note=TO_NO_FAMILY
)
WORDS: Final = Reach("POST /vervolg/{token}/woorden", seen_by=(DESK,), note=TO_NO_FAMILY)
OWN_WORDS: Final = Reach("POST /vervolg/vraag/{follow_up_id}/woorden", seen_by=(DESK,), note=TO_NO_FAMILY)
POINT: Final = Reach(
    "POST /bord/{case_id}/punten/{escalation_id}", seen_by=(DESK,), note="Niemand krijgt hier een mail van."
)
SAVE_VIEW: Final = Reach(
    "POST /bord/weergaven", seen_by=(DESK,), note="Een eigen weergave zie alleen jij. Niemand krijgt een mail."
)
START_WITH_VIEW: Final = Reach("POST /bord/weergaven/begin", note="Alleen voor jou begint het bord dan zo.")
DELETE_VIEW: Final = Reach(
    "POST /bord/weergaven/{view_id}/verwijderen", seen_by=(DESK,), note="De aanvragen zelf blijven staan."
)
