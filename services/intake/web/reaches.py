"""Whom each form of intake's pages reaches: the words on the page, held against the mails that follow."""

from typing import Final

from shared.events.vocabulary import Audience
from shared.web.reach import DESK, Reach

_CASE: Final = "POST /aanvragen/{case_id}"
_SEARCH: Final = ("partner-activated", "partner-asked", "nobody-found", "desk-point", "desk-digest")
_PARTNERS: Final = (*_SEARCH, "question-withdrawn")
# What was planned, and is in somebody's calendar.
_ENDS: Final = ("question-withdrawn", "appointment-cancelled")

REACHES: Final = {
    "begin": Reach(f"{_CASE}/begin", seen_by=(DESK,)),
    "inventory": Reach(
        f"{_CASE}/inventarisatie",
        perhaps=_PARTNERS,
        seen_by=(DESK, Audience.PARTNER),
        note="Partners zien alleen de soort hulp, voor wie het is, de wijk, de leeftijdsgroep en de taal.",
    ),
    "new_question": Reach(
        f"{_CASE}/nieuwe-vraag",
        perhaps=_PARTNERS,
        seen_by=(DESK, Audience.PARTNER),
        note="Er verandert niets voordat je dit bewaart.",
    ),
    "urgent": Reach(
        f"{_CASE}/nu-vragen",
        mails=("urgent-need",),
        perhaps=_SEARCH,
        seen_by=(DESK, Audience.PARTNER),
        note="De partner ziet geen namen.",
    ),
    "seen": Reach(f"{_CASE}/gezien", seen_by=(Audience.AMBASSADOR,)),
    "open": Reach(
        f"{_CASE}/openen",
        seen_by=(DESK,),
        note="Dat je dit opende en waarom, staat in het logboek. Het gezin mag het zien.",
    ),
    "give_back": Reach(f"{_CASE}/teruggeven", mails=("request-returned",), seen_by=(Audience.AMBASSADOR,)),
    "reopen": Reach(f"{_CASE}/heropenen", perhaps=_PARTNERS, seen_by=(DESK,), note="Wij gaan verder waar het bleef."),
    "close": Reach(
        f"{_CASE}/afsluiten",
        mails=("case-closed",),
        perhaps=_ENDS,
        seen_by=(DESK, Audience.PARTNER),
        note="Er komen daarna geen vragen meer over dit kind.",
    ),
    "withdraw": Reach(
        f"{_CASE}/intrekken",
        mails=("case-withdrawn",),
        perhaps=("stop-and-delete", "appointment-cancelled"),
        seen_by=(DESK, Audience.PARTNER),
        note="Partners die de vraag kennen, krijgen bericht om te stoppen en te wissen wat zij opschreven.",
    ),
    "erase": Reach(f"{_CASE}/wissen", seen_by=(DESK,), note="Iedereen ziet alleen nog dat het gewist is."),
    "home_visit": Reach(f"{_CASE}/huisbezoek", mails=("home-visit",), seen_by=(DESK,)),
    "home_visit_done": Reach(f"{_CASE}/huisbezoek/geweest", perhaps=("appointment-cancelled",), seen_by=(DESK,)),
    "rest": Reach(
        f"{_CASE}/rust", mails=("case-paused",), seen_by=(DESK,), note="Partners die al helpen, gaan gewoon door."
    ),
    "resume": Reach(f"{_CASE}/rust/voorbij", mails=("case-resumed",), perhaps=_SEARCH, seen_by=(DESK,)),
    "hold": Reach(
        f"{_CASE}/veiligheid",
        seen_by=(DESK, Audience.AMBASSADOR),
        note="Niemand krijgt hier een mail over. Wat er aan de hand is, staat nergens.",
    ),
    "let_go_on": Reach(
        f"{_CASE}/veiligheid/verder",
        perhaps=_SEARCH,
        seen_by=(DESK, Audience.AMBASSADOR),
        note="Alle termijnen beginnen opnieuw.",
    ),
    "family_link": Reach(
        f"{_CASE}/link-gezin", seen_by=(DESK,), note="Jij geeft het kaartje aan het gezin. Er gaat geen mail."
    ),
    "family_link_off": Reach(f"{_CASE}/link-gezin/weg", seen_by=(DESK,), note="Zeg het ook tegen het gezin."),
    "family_asks": Reach(f"{_CASE}/gezin-vraagt", seen_by=(DESK,)),
    "follow_ups": Reach(f"{_CASE}/hoe-gaat-het", seen_by=(DESK,)),
    "need_category": Reach(
        f"{_CASE}/hulpvragen/{{need_id}}/soort",
        perhaps=_PARTNERS,
        seen_by=(DESK, Audience.PARTNER),
        note="Partners zien de woorden van het gezin niet.",
    ),
    "same_child": Reach(
        f"{_CASE}/zelfde-kind/{{pair_id}}",
        perhaps=("plans-joined", "same-child-apart", *_PARTNERS),
        seen_by=(DESK,),
        note="Zeggen beide gezinnen ja, dan ziet de andere contactpersoon wie helpt. Eerder ziet niemand iets.",
    ),
    "part_plans": Reach(
        f"{_CASE}/zelfde-kind/{{pair_id}}/uit-elkaar",
        mails=("same-child-apart",),
        perhaps=_PARTNERS,
        seen_by=(DESK, Audience.AMBASSADOR),
        note="De andere contactpersoon krijgt ook bericht.",
    ),
    "consent": Reach(f"{_CASE}/toestemming", seen_by=(DESK,), note="De naam blijft in de kluis."),
    "partner_consent": Reach(
        f"{_CASE}/toestemming/partners", seen_by=(DESK,), note="Alleen partners die ja zeggen, lezen wat mag."
    ),
    "stop_partner": Reach(
        f"{_CASE}/toestemming/stoppen",
        seen_by=(DESK,),
        note="Deze partner leest niets meer, en wordt niet meer gevraagd.",
    ),
    "hand_over": Reach(
        f"{_CASE}/overdragen",
        mails=("ambassador-replaced", "ambassador-relieved"),
        seen_by=(Audience.AMBASSADOR, DESK),
        note="De nieuwe contactpersoon krijgt bericht, en ziet alles van dit gezin.",
    ),
    "told": Reach(f"{_CASE}/verteld", seen_by=(DESK,)),
    "hand_over_all": Reach(
        "POST /aanvragen/overdragen",
        perhaps=("ambassador-replaced", "ambassador-relieved", "early-signal-raised"),
        seen_by=(Audience.AMBASSADOR, DESK),
        note="De nieuwe contactpersoon krijgt bericht, en ziet alles van deze gezinnen.",
    ),
    "sibling": Reach(
        f"{_CASE}/nog-een-kind",
        mails=("request-received",),
        perhaps=("urgent-need", *_SEARCH),
        seen_by=(DESK,),
        note="Namen, adres en het verhaal blijven hier in de kluis.",
    ),
    "birth": Reach(f"{_CASE}/geboren", seen_by=(DESK,), note="Het staat in de kluis; partners zien het niet."),
    "facts": Reach(
        f"{_CASE}/verbeteren",
        perhaps=("consent-outgrown", *_SEARCH),
        seen_by=(DESK, Audience.PARTNER),
        note="Namen, datum en verhaal blijven in de kluis. Partners zien de wijk, de leeftijdsgroep en de taal.",
    ),
    "contact": Reach(f"{_CASE}/contact", seen_by=(DESK,), note="Het staat in de kluis; partners zien het niet."),
}
