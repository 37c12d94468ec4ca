"""Matching: who can help, and who is asked.

Owns the network (organisations, their services on the social map, people and how to reach them) and referrals: one
partner asked for one need. Nobody else writes these, and no address of a professional leaves this service but in a
mail to that professional.

Hears from intake what a family needs, and from monitoring that a partner's time to answer is over.
Says who was asked (PartnerActivated), what they answered, and how the help went, up to OutcomeConfirmed.
Sign-in and the front page live here too, because people do.
"""
