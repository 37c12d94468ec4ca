"""What must hold: P2 at every step; P1, P3, P4 and the mails once everything is at rest."""

from collections import Counter, defaultdict
from itertools import product
from typing import Any
from uuid import UUID

from services.intake.domain.case_state import CaseState
from services.matching.domain.case import CaseState as FileState
from services.matching.domain.case import NeedState
from services.matching.domain.referral_state import ASKED, HELPING, ReferralState
from services.monitoring.domain.clocks import ClockKind
from services.monitoring.domain.follow_up import FollowUpKind, FollowUpState
from services.monitoring.domain.need import NeedState as WatchedState
from services.monitoring.domain.watch import Phase
from services.notify.domain.message import MessageState
from shared.events.case_codes import FollowUpRhythm
from shared.events.catalogue import classes_by_wire_name
from shared.events.monitoring import EscalationReason
from shared.events.referral_codes import Outcome
from tests.simulation.addresses import secret_addresses_are_secret_everywhere
from tests.simulation.world import World

OVER = frozenset({CaseState.CLOSED, CaseState.WITHDRAWN})
HELD_OF_ERASED = {"erased", "subject_versions", "audit_lines", "outbox"}
# No machine stops it: what is dropped meanwhile is still helped with.
HELP_RUNS = frozenset({ReferralState.IN_PROGRESS, ReferralState.DELIVERED})


def no_double_activation(world: World) -> None:
    """P2: at most one active partner per need."""
    active = Counter(one.need_id for one in world.matching.truth.tables.table("referrals").values() if one.is_active)
    assert all(count == 1 for count in active.values()), f"P2: {active}"


def nothing_parked(world: World) -> None:
    """P3, P7: once the faults are over, no event stands aside and none waits."""
    for node in world.nodes:
        parked = list(node.truth.tables.table("parked_events").values())
        assert not parked, f"{node.name} parked {[(one.type, one.reason) for one in parked]}"
        assert all(published for _, published in node.truth.tables.table("outbox").values())


def applied_in_order(world: World) -> None:
    """P3: each service applied all that it has a handler for, each event once, in the order in which it was said.

    What was said of a case that is erased is gone, and need not have been applied.
    """
    erased = {str(case_id) for node in world.nodes for case_id in node.truth.tables.table("erased")}
    for node, speaker in product(world.nodes, world.nodes):
        said, applied = defaultdict(list), defaultdict(list)
        for row, _ in speaker.truth.tables.table("outbox").values():
            heard = speaker.name in node.hears and classes_by_wire_name()[row.type] in node.handlers
            if heard and not any(case_id in row.data for case_id in erased):
                said[row.subject].append(row.sequence)
        for envelope in node.units.applied:
            if envelope.service == speaker.name and str(envelope.event.about) not in erased:
                applied[envelope.subject].append(envelope.sequence)
        assert applied == said, f"P3: {node.name} did not apply what {speaker.name} said as it was said"


def timers_did_not_fail(world: World) -> None:
    """P4: no timer's handler failed."""
    for node in world.nodes:
        failed = [key for key, (_, timer) in node.truth.tables.table("timers").items() if timer.attempts]
        assert not failed, f"timers of {node.name} failed: {failed}"


def nothing_lost(world: World, cases: list[UUID]) -> None:
    """P1: every request that was answered 201 is somewhere."""
    for case_id in cases:
        if case_id in world.intake.truth.tables.table("erased"):
            erased_everywhere(world, case_id)
            continue
        whereabouts = _whereabouts(world, case_id)
        assert whereabouts, f"P1: nobody looks after {case_id}"


def erased_everywhere(world: World, case_id: UUID) -> None:
    """P10: no service holds more of it than its id, its day and the number of the next event, and all confirmed it."""
    for node in world.nodes:
        tables = node.truth.tables
        assert case_id in tables.table("erased"), f"P10: {node.name} did not erase {case_id}"
        holding = {name for name, rows in tables.tables.items() if str(case_id) in repr(rows)}
        assert holding <= HELD_OF_ERASED, f"P10: {node.name} holds something of {case_id}: {holding}"
        said = [row.type for row, _ in tables.table("outbox").values() if str(case_id) in row.data]
        assert all(kind.endswith("-erased.v1") for kind in said), f"P10: {node.name} may say again: {said}"
    assert case_id not in world.intake.truth.tables.table("unconfirmed_erasures"), f"P10: {case_id} is not confirmed"


def _whereabouts(world: World, case_id: UUID) -> set[str]:
    case = world.intake.truth.tables.table("cases")[case_id]
    watch = world.monitoring.truth.tables.table("watches").get(case_id)
    assert watch is not None, f"P1: {case_id} is not watched"
    if case.state in OVER:
        assert not watch.is_open, f"{case_id} is over, and still watched"
        # With whom the family stopped is asked to delete, also when nothing else is left of its case.
        run = {clock.kind for clock in watch.clocks.values()} - {ClockKind.DELETION_LATE}
        assert not run, f"{case_id} is over, and clocks run: {run}"
        return {"over"}
    if case.hold is not None:
        _stands_still(world, watch)
        return {"on hold"}
    _clocks_agree(world, watch)
    _helped_child_is_followed(world, watch)
    if case.state is CaseState.ASSESSED:
        _every_need_is_somewhere(world, case, watch)
    else:
        assert watch.awaiting_inventory, f"P1: nobody waits for the inventory of {case_id}"
    found = {"listed"} if watch.open_escalations else set()
    found |= {"clock"} if watch.next_clock and watch.next_clock.due_at > world.clock.now() else set()
    return found | _with_partners(world, case_id, watch)


def _stands_still(world: World, watch: Any) -> None:
    """For a child's safety: no clock runs, nobody is asked, and the desk sees that it is so."""
    assert watch.phase is Phase.ON_HOLD, f"P8: nobody sees that {watch.case_id} stands still"
    timers = [one for _, one in world.monitoring.truth.tables.table("timers").values() if one.subject == watch.case_id]
    assert not watch.clocks, f"{watch.case_id} stands still, and clocks run"
    assert not timers, f"{watch.case_id} stands still, and timers are set"
    file = world.matching.truth.tables.table("cases")[watch.case_id]
    assert file.state is FileState.ON_HOLD, f"{watch.case_id} stands still, and partners are asked"


def _clocks_agree(world: World, watch: Any) -> None:
    """Every clock of the watch has its timer, and no timer is left of a clock that stopped."""
    timers = {
        key: timer.due_at
        for key, (_, timer) in world.monitoring.truth.tables.table("timers").items()
        if timer.subject == watch.case_id
    }
    assert timers == {key: clock.due_at for key, clock in watch.clocks.items()}, f"P4: {watch.case_id}"


def _helped_child_is_followed(world: World, watch: Any) -> None:
    """After help there is a plan of follow-ups, also when the case was closed in between, unless they want none."""
    if world.intake.truth.tables.table("cases")[watch.case_id].plan.rhythm is FollowUpRhythm.STOPPED:
        return
    referrals = world.matching.truth.tables.table("referrals").values()
    outcomes = {one.outcome for one in referrals if one.case_id == watch.case_id}
    plan = [one for one in watch.follow_ups.values() if one.kind is FollowUpKind.PLAN]
    planned = any(one.state is not FollowUpState.CANCELLED for one in plan)
    assert planned or outcomes <= {None, Outcome.NOT_HELPED}, f"P1: nobody asks how {watch.case_id} goes"


def _with_partners(world: World, case_id: UUID, watch: Any) -> set[str]:
    found: set[str] = set()
    tables = world.matching.truth.tables
    for referral in tables.table("referrals").values():
        if referral.case_id != case_id:
            continue
        if referral.state in ASKED:
            _its_clock_runs(world, referral, watch)
            found.add("asked")
        elif referral.state in HELPING:
            found.add("at work")
    file = tables.table("cases").get(case_id)
    for need in file.needs.values() if file else ():
        active = [one.state for one in tables.table("referrals").values() if one.need_id == need.id and one.is_active]
        if need.state is NeedState.GONE:
            assert HELP_RUNS.issuperset(active), f"{need} is not needed any more, and a partner is {active}"
        else:
            helped = need.state in {NeedState.WITH_PARTNER, NeedState.DELIVERED}
            # On closing the ambassador may say that it is met while a partner goes on.
            met = need.state is NeedState.MET and HELPING.issuperset(active)
            assert met or bool(active) == helped, f"{need}: a partner is {active}"
    return found


def _its_clock_runs(world: World, referral: Any, watch: Any) -> None:
    """Whoever was asked has until a moment; what holds the answer up has one as well, or is on the desk's list."""
    about = {clock.kind for clock in watch.clocks.values() if clock.about == referral.id}
    listed = any(one.about.referral_id == referral.id for one in watch.open_escalations)
    if referral.state is ReferralState.ACTIVATED:
        assert ClockKind.ANSWER_EXPIRE in about or is_paused(world, watch.case_id), f"P1: {referral.id}: no clock"
    else:
        assert about or listed or is_paused(world, watch.case_id), f"P1: {referral.id} is {referral.state} for ever"


def is_paused(world: World, case_id: UUID) -> bool:
    """Whether the family rests."""
    return world.intake.truth.tables.table("cases")[case_id].pause is not None


def _every_need_is_somewhere(world: World, case: Any, watch: Any) -> None:
    """P1 for each need: with a partner, met, at the desk, or behind a need that is with a partner."""
    file = world.matching.truth.tables.table("cases")[case.id]
    for need in case.needs:
        state = file.needs[need.need_id].state
        first = {file.needs[other].state for other in need.depends_on}
        asked = state is not NeedState.WAITING or NeedState.WITH_PARTNER in first or is_paused(world, case.id)
        assert asked, f"P1: nobody is asked for {need.need_id}"
        assert state is not NeedState.GONE, f"P1: {need.need_id} is needed, and gone"
        at_the_desk = watch.needs[need.need_id].stands is WatchedState.NOBODY
        alone = state in {NeedState.UNMET, NeedState.RESTING}
        assert at_the_desk or not alone, f"P1: nobody knows that {need.need_id} has nobody"
    told = {one.about.referral_id for one in watch.escalations if one.reason is EscalationReason.PARTNER_NOT_WANTED}
    for one in world.matching.truth.tables.table("referrals").values():
        if one.case_id != case.id or not one.is_active:
            continue
        runs_on = one.state is ReferralState.IN_PROGRESS and file.needs[one.need_id].state is NeedState.GONE
        if runs_on or one.organisation_id in file.excluded:
            assert one.id in told, f"{one.id} goes on though the family does not want it, and nobody knows"


def every_mail_is_accounted_for(world: World) -> None:
    """P5: no second copy unless an attempt ended unknown, and no message without an end or a next attempt."""
    for message in world.notify.truth.tables.table("messages").values():
        # A part of a digest went out with it; one that left by itself later has both behind it.
        both = {message.id, message.part_of or message.id}
        copies = sum(world.post.copies[str(each)] for each in both)
        unknown = sum(world.post.unknown[str(each)] for each in both)
        assert copies <= 1 + unknown, f"P5: {copies} copies of {message.id} after {unknown} unknown ends"
        if message.state is MessageState.ACCEPTED:
            assert copies >= 1, f"P5: {message.id} counts as accepted, and was never sent"
        if message.state is MessageState.QUEUED:
            assert message.next_attempt_at is not None, f"P5: {message.id} waits for nothing"
        if message.state is MessageState.HELD:
            assert message.held_until or message.part_of, f"P5: {message.id} is held, and leaves with nothing"


def every_question_has_its_mail(world: World) -> None:
    """P5: a partner that is asked was written to, or will be when the case goes on."""
    mails = list(world.notify.truth.tables.table("messages").values())
    files = world.matching.truth.tables.table("cases")
    for referral in world.matching.truth.tables.table("referrals").values():
        stands_still = files[referral.case_id].state in {FileState.ON_HOLD, FileState.PAUSED}
        if referral.state is ReferralState.ACTIVATED and not stands_still:
            asked = [mail for mail in mails if mail.draft.about_id == referral.id]
            left = [
                mail for mail in asked if mail.state is not MessageState.WITHDRAWN or world.post.copies[str(mail.id)]
            ]
            assert left, f"P5: {referral.id} hears nothing"


def at_rest(world: World, cases: list[UUID]) -> None:
    """Everything that must hold when nothing is left to do."""
    no_double_activation(world)
    nothing_parked(world)
    applied_in_order(world)
    timers_did_not_fail(world)
    nothing_lost(world, cases)
    every_mail_is_accounted_for(world)
    every_question_has_its_mail(world)
    secret_addresses_are_secret_everywhere(world)
