"""Intake: where a school asks for help for a child.

Owns the cases (request, consent, needs, inventory, ambassador), the vault with every fact that tells who a child or
family is, forms that are not sent yet, early signals, and the schools' API keys.
Consumes from matching who is in the network and what partners do for each need, and from monitoring how a child is
doing: `subscriptions.py`.
Publishes `RequestReceived`, `RequestAcknowledged`, `HomeVisitPlanned`, `NeedsAssessed`, `NewQuestionRaised`,
`CaseClosed`, `CaseReopened`, `CaseWithdrawn` and `CaseErased`, and of early signals `EarlySignalRaised`,
`EarlySignalQuestionDue` and `EarlySignalEnded`; never who it is about.
"""
