"""Which page of the site a link of a mail opens; `about` is what the mail is about."""

from collections.abc import Mapping
from typing import Final

from services.notify.domain.mail import Link

PAGES: Final[Mapping[Link, str]] = {
    Link.CASE: "aanvragen/{about}",
    Link.CASES: "aanvragen",
    Link.SIGNALS: "aanvragen/signaal/{about}",
    Link.BOARD: "bord/{about}",
    Link.THE_BOARD: "bord",
    Link.PERSON: "netwerk/mensen/{about}",
    Link.ORGANISATION: "netwerk/organisaties/{about}",
    Link.APPLICANT: "netwerk/organisaties/aanmelding/{about}",
    Link.PROPOSALS: "netwerk/voorstellen",
    Link.COLLEAGUES: "netwerk/collegas",
    Link.OWN_ENTRY: "netwerk/vermelding",
    Link.GATHERING: "bijeenkomsten/{about}",
    Link.ROUND: "bijeenkomsten/ronde/{about}",
    Link.EXPERT: "bijeenkomsten/ervaring",
    Link.EXPERTS: "bijeenkomsten/{about}/ervaring",
    Link.VISION: "bijeenkomsten/visie",
    Link.TOPIC: "bijeenkomsten/onderwerpen/{about}",
    Link.TOPICS: "bijeenkomsten/onderwerpen",
    Link.INTRODUCTIONS: "bijeenkomsten/kennismaken",
    Link.SPARRING: "sparren/{about}",
    Link.SPARRING_ARTICLE: "sparren/artikel/{about}",
    Link.HOSTING: "bijeenkomsten/gastheer",
    Link.PARTICIPANTS: "bijeenkomsten/{about}/deelnemers",
}
