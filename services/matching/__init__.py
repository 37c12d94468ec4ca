"""Matching finds who can help, and asks them.

Owns the network (organisations, their services on the social map, people and how to reach them) and referrals: one
partner asked for one need. No address of a professional leaves this service but in a mail to that professional.
Consumes what a family needs (`NeedsAssessed`) and what becomes of the case, from intake; from monitoring that the time
of a partner to answer is over (`ResponseExpired`); from notify that mail to somebody bounces (`AddressFlagged`).
Publishes the network (`OrganisationListed`, `ServiceListed`, `PersonListed`, who wants to join, and what became of
entries: `shared/events/directory.py`), who is asked (`PartnerActivated`, `NoPartnerFound`), what the desk decides
(`SearchPostponed`, `HelpRuledOut`), what partners answer (`PartnerAccepted`, `PartnerDeclined` …) and how the help
goes, up to `OutcomeConfirmed`; and that somebody wants to sign in (`SignInRequested`).

Sign-in and the front page are here too, because people are.
"""
