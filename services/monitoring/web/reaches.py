"""Whom monitoring's forms reach: one declaration for the words on the page and for the mails that follow."""

from typing import Final

from shared.events.monitoring import FollowUpAnswer
from shared.events.vocabulary import Audience
from shared.web.reach import DESK, Reach

TO_NO_FAMILY: Final = "Het gezin krijgt hierover geen bericht."
_PATH: Final = "POST /vervolg/{token}"
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
# The page shows one form; what follows depends on the answer that is chosen.
FOLLOW_UP: Final = Reach(
    _PATH,
    perhaps=tuple(dict.fromkeys(mail for one in BY_ANSWER.values() for mail in (*one.mails, *one.perhaps))),
    seen_by=(DESK,),
    note=TO_NO_FAMILY,
)
OWN_FOLLOW_UP: Final = Reach(
    "POST /vervolg/vraag/{follow_up_id}", perhaps=FOLLOW_UP.perhaps, seen_by=(DESK,), note=TO_NO_FAMILY
)
WORDS: Final = Reach("POST /vervolg/{token}/woorden", seen_by=(DESK,), note=TO_NO_FAMILY)
OWN_WORDS: Final = Reach("POST /vervolg/vraag/{follow_up_id}/woorden", seen_by=(DESK,), note=TO_NO_FAMILY)
_POINT: Final = "POST /bord/{case_id}/punten/{escalation_id}"
_NOTES: Final = "POST /bord/{case_id}/notities"
NO_MAIL: Final = "Niemand krijgt hier een mail van."
POINT: Final = Reach(_POINT, seen_by=(DESK,), note=NO_MAIL)
TAKE: Final = Reach(f"{_POINT}/pakken", seen_by=(DESK,), note=NO_MAIL)
HAND_OVER: Final = Reach(f"{_POINT}/overdragen", perhaps=("point-assigned",), seen_by=(DESK,))
GIVE_BACK: Final = Reach(f"{_POINT}/teruggeven", seen_by=(DESK,), note=NO_MAIL)
WAIT: Final = Reach(f"{_POINT}/wachten", seen_by=(DESK,), note=NO_MAIL)
NOTE: Final = Reach(_NOTES, seen_by=(DESK,), note="Alleen collega's lezen het. Niemand krijgt hier een mail van.")
PIN_NOTE: Final = Reach(f"{_NOTES}/{{note_id}}/vast", seen_by=(DESK,), note=NO_MAIL)
REMOVE_NOTE: Final = Reach(f"{_NOTES}/{{note_id}}/weg", seen_by=(DESK,), note=NO_MAIL)
_TOGETHER: Final = "POST /bord/samen"
TOGETHER: Final = {
    "answer": Reach(f"{_TOGETHER} go=answer", seen_by=(DESK,), note=NO_MAIL),
    "take": Reach(f"{_TOGETHER} go=take", seen_by=(DESK,), note=NO_MAIL),
    "wait": Reach(f"{_TOGETHER} go=wait", seen_by=(DESK,), note=NO_MAIL),
    "mail": Reach(
        f"{_TOGETHER} go=mail", perhaps=("ambassador-reminded",), seen_by=(Audience.AMBASSADOR,), note=TO_NO_FAMILY
    ),
}
SETTLE_READING: Final = Reach("POST /bord/gelezen/{point_id}", seen_by=(DESK,), note=NO_MAIL)
SAVE_VIEW: Final = Reach(
    "POST /bord/weergaven", seen_by=(DESK,), note="Een eigen weergave zie alleen jij. Niemand krijgt een mail."
)
START_WITH_VIEW: Final = Reach("POST /bord/weergaven/begin", note="Alleen voor jou begint het bord dan zo.")
DELETE_VIEW: Final = Reach(
    "POST /bord/weergaven/{view_id}/verwijderen", seen_by=(DESK,), note="De aanvragen zelf blijven staan."
)
