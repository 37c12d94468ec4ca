"""Monitoring keeps the time: no child that somebody asked help for is lost sight of.

Owns every clock, follow-up, reminder and escalation of a case, and the board that shows who waits for what.
Consumes everything that intake and matching publish about a case, and from notify what became of the mails.
Publishes whom to remind (`InventoryReminderDue`, `ResponseReminderDue`, `HandoverReminderDue`,
`ConfirmationReminderDue`, `WaitlistDue`), whose time is over (`ResponseExpired`, `PauseEnded`), how each follow-up went
(`FollowUp…`), who is out of sight (`ChildOutOfSight`, `CaseBackInSight`) and what is on the coordinators' list
(`EscalationRaised`, `EscalationRepeated`, `PointAssigned`, `PointPostponed`, `PointResumed`, `EscalationResolved`).

The one promise: an open case always has a running clock, and nobody waits in silence (`domain/invariant.py`).
It knows no names of children or families: a case is its code.
"""
