"""Intake: where a school asks for help for a child.

Owns the cases (request, consent, needs, inventory, ambassador), the vault with every fact that tells who a child or
family is, forms that are not sent yet, early signals, and the schools' API keys.
Consumes from matching who is in the network and what partners do for each need, and from monitoring how a child is
doing: `subscriptions.py`.
Publishes `RequestReceived`, `RequestReturned`, `UrgentNeedRaised`, `HomeVisitPlanned`, `NeedsAssessed`,
`NewQuestionRaised`, `AmbassadorReplaced`, `CasePaused`, `CaseClosed`, `CaseWithdrawn` and the other facts of
`shared/events/intake.py`; never who it is about.
"""
