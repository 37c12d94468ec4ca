"""Which page a mail opens, of those that stand there always."""

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
    Link.EXAMPLE: "bijeenkomsten/voorbeelden/{about}",
    Link.TOPIC: "bijeenkomsten/onderwerpen/{about}",
    Link.TOPICS: "bijeenkomsten/onderwerpen",
    Link.INTRODUCTIONS: "bijeenkomsten/kennismaken",
    Link.HOSTING: "bijeenkomsten/gastheer",
    Link.PARTICIPANTS: "bijeenkomsten/{about}/deelnemers",
    Link.EDITION: "kennisbank/voorstellen/{about}",
    Link.ARTICLE_OWNER: "kennisbank/beheer/{about}",
    Link.ARTICLE_REVIEWS: "kennisbank/nakijken",
    Link.CARD: "gezichten/{about}",
    Link.CARD_MAIL: "gezichten/berichten/{about}",
    Link.OWN_CARD: "gezichten/mijn-kaart",
    Link.TRUSTED: "gezichten?rol=trusted-person",
    Link.REPLY_DRAFT: "sparren/concept/{token}",
    Link.LOAD: "gezichten/drukte",
    Link.THANKS: "gezichten/bedankt",
    Link.COMPANY: "gezichten/ga-mee",
    Link.NOTICES: "gezichten/vraag-en-aanbod",
    Link.SPARRING: "sparren/{about}",
    Link.SPARRING_ARTICLE: "sparren/artikel/{about}",
}
