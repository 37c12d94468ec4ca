"""What matching does by the clock. Partners' answer clocks belong to monitoring."""

from collections.abc import Mapping
from datetime import timedelta

from services.matching.handlers.applications import forget_old_applications
from services.matching.handlers.desk_search import WAIT_IS_OVER, go_on_after_waiting
from services.matching.handlers.entry_checks import ask_for_checks
from services.matching.handlers.entry_doubts import hide_unconfirmed
from services.matching.handlers.everyday_words import INDEX_EVERY, forget_old_missed, index_older, tidy_words
from services.matching.handlers.import_work import FORGET_EVERY, forget_old_imports
from services.matching.handlers.leaving import LOOK_EVERY, look_after_leavers
from services.matching.handlers.sign_in import MAIL_CODE, forget_old_sign_ins, mail_code
from services.matching.ports import MatchingUnit
from shared.messaging.old_replies import FORGET_OLD_REPLIES
from shared.messaging.schedule import Every, TimerHandler

METRICS_EVERY = timedelta(minutes=1)
TIMERS: Mapping[str, TimerHandler[MatchingUnit]] = {MAIL_CODE: mail_code, WAIT_IS_OVER: go_on_after_waiting}
JOBS: tuple[Every[MatchingUnit], ...] = (
    Every("forget old sign-ins", timedelta(hours=6), forget_old_sign_ins),
    Every("look after who leaves", LOOK_EVERY, look_after_leavers),
    Every("forget old requests to join", timedelta(hours=6), forget_old_applications),
    Every("ask whether entries are right", timedelta(hours=1), ask_for_checks),
    Every("hide what nobody confirmed", timedelta(hours=1), hide_unconfirmed),
    Every("index what another version indexed", INDEX_EVERY, index_older),
    Every("tidy the words of the map", timedelta(hours=12), tidy_words),
    Every("forget old words that found nothing", timedelta(hours=6), forget_old_missed),
    Every("forget old files with a map", FORGET_EVERY, forget_old_imports),
    FORGET_OLD_REPLIES,
)
