"""Monitoring keeps the time: no child that somebody asked help for is lost sight of.

Owns every clock, follow-up, reminder and escalation of a case, and the board that shows who waits for what.
Consumes everything that intake and matching publish about a case, and from notify what became of the mails.
Publishes which clock ran out (`ResponseReminderDue`, `ResponseOverdue`, `ResponseExpired`, `FirstContactOverdue`,
`ConfirmationOverdue`, `AcknowledgementOverdue`), how each follow-up went (`FollowUp…`), who is out of sight
(`ChildOutOfSight`, `CaseBackInSight`) and what is on the coordinator's list (`EscalationRaised`, `EscalationResolved`).

The one promise: an open case always has a next action with a running clock, or it is on the coordinator's list.
It knows no names of children or families: a case is its code.
"""
