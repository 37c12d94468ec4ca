"""Pages of the walk that are opened by their address: what each is called there, and where it is."""

from typing import Final

DESK_PAGES: Final = (
    ("board-today", "/bord/vandaag"),
    ("board-views", "/bord/weergaven"),
    ("board-view-new", "/bord/weergaven/nieuw?wijk=noord"),
    ("board-pace", "/bord/tempo"),
    ("parked", "/bord/geparkeerd"),
    ("messages", "/berichten"),
    ("all-cases", "/aanvragen"),
    ("families-over", "/aanvragen/overdragen"),
    ("network", "/netwerk"),
    ("people", "/netwerk/mensen"),
    ("person-new", "/netwerk/mensen/nieuw"),
    ("contacts", "/netwerk/mensen/contacten"),
    ("organisations", "/netwerk/organisaties"),
    ("organisation-new", "/netwerk/organisaties/nieuw"),
    ("proposals", "/netwerk/voorstellen"),
    ("map-import", "/netwerk/inlezen"),
    ("everyday-words", "/netwerk/zoekwoorden?probeer=feits"),
)
PARTNER_PAGES: Final = (
    ("own-referrals", "/doorverwijzingen"),
    ("colleagues", "/netwerk/collegas"),
    ("own-entry", "/netwerk/vermelding"),
    ("own-entry-organisation", "/netwerk/vermelding/organisatie"),
    ("own-entry-offer-new", "/netwerk/vermelding/aanbod"),
)
