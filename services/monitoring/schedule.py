"""What monitoring does by itself: every clock rings in the same way, and each minute somebody looks for the lost."""

from collections.abc import Mapping
from datetime import timedelta

from services.monitoring.domain.clocks import ClockKind
from services.monitoring.handlers.cases import look_for_lost_children
from services.monitoring.handlers.clocks import ring
from services.monitoring.handlers.in_hand import tell_check_ins, tell_who_has_families
from services.monitoring.ports import MonitoringUnit
from shared.messaging.old_replies import FORGET_OLD_REPLIES
from shared.messaging.schedule import Every, TimerHandler

TIMERS: Mapping[str, TimerHandler[MonitoringUnit]] = {kind.value: ring for kind in ClockKind}
JOBS: tuple[Every[MonitoringUnit], ...] = (
    Every("look for lost children", timedelta(minutes=1), look_for_lost_children),
    Every("tell how many families wait for whom", timedelta(minutes=1), tell_who_has_families),
    Every("tell after whom somebody asks", timedelta(minutes=5), tell_check_ins),
    FORGET_OLD_REPLIES,
)
