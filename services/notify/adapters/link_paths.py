"""Where what a mail opens stands on the site; `{about}`: the id of what the mail is about."""

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
    Link.EDITION: "kennisbank/voorstellen/{about}",
    Link.ARTICLE_OWNER: "kennisbank/beheer/{about}",
    Link.ARTICLE_REVIEWS: "kennisbank/nakijken",
    Link.TOPICS: "bijeenkomsten/onderwerpen",
    Link.INTRODUCTIONS: "bijeenkomsten/kennismaken",
    Link.HOSTING: "bijeenkomsten/gastheer",
    Link.PARTICIPANTS: "bijeenkomsten/{about}/deelnemers",
}
