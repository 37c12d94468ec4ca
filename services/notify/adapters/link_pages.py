"""The pages that mails open behind a sign-in, by their link."""

from typing import Final

from services.notify.domain.mail import Link

PAGES: Final = {
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
    Link.COMPANY: "gezichten/ga-mee",
    Link.NOTICES: "gezichten/vraag-en-aanbod",
    Link.HOSTING: "bijeenkomsten/gastheer",
    Link.PARTICIPANTS: "bijeenkomsten/{about}/deelnemers",
}
