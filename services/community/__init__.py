"""Community is what the network does together without any case: gatherings from first date to report, and who is who.

Owns gatherings, series of them, the places where they are held, the seats of whoever signs up, sealed, whose turn it
is to host, the rounds in which people tell what they would like, who sits at which table, and who wants to meet whom;
the cards of people, sealed, each field for whom its owner chose, what they write each other, and who was trained.
Consumes from matching who is in the network (`PersonListed`), and what organisations are called (`OrganisationListed`).
It keeps the knowledge base too: articles, their editions, and who looks at them.
Publishes what becomes of a gathering (`Gathering…`) and of each seat (`Seat…`), never of whom it is; whose turn it is
to host (`HostTurn…`), who is asked as an expert by experience (`Expert…`), what becomes of a topic (`Topic…`) or an
article (`Article…`, `Edition…`), that a
vision is newer than what somebody signed (`VisionRenewed`), what was agreed in a round (`Outcome…`), and that two
people (`SeatIntroduced`, `Appointment…`) or two organisations (`Introduction…`) get to know each other; that a card is
to be looked at or somebody wrote (`Card…`), and until when a trusted person's training counts (`Training…`).
Asks intake whether an example for the table looks like many families, and hears yes or no.

It holds no word about a child or a family: nothing here has a case, and what people type is refused with a BSN in it.
"""
