"""The forms that other tests play: those of gatherings in a real browser (`test_gatherings_in_a_browser.py`)."""

from typing import Final

from tests.journeys.consent_plays import FORMS as CONSENT_FORMS
from tests.journeys.desk_at_work import FORMS as DESK_FORMS
from tests.journeys.network_play import FORMS as NETWORK_FORMS
from tests.journeys.words_play import MAP_FORMS

BASE: Final = "POST /bijeenkomsten"
GATHERING_FORMS: Final = (
    f"{BASE}/nieuw", f"{BASE}/reeks", f"{BASE}/reeks/{{series_id}}/stop",
    f"{BASE}/plekken", f"{BASE}/plekken/{{place_id}}",
    f"{BASE}/{{gathering_id}}/wijzigen", f"{BASE}/{{gathering_id}}/aankondigen", f"{BASE}/{{gathering_id}}/afzeggen",
    f"{BASE}/{{gathering_id}}/verslag/schrijven", f"{BASE}/{{gathering_id}}/deurlijst",
    f"{BASE}/{{gathering_id}}/deelnemers/{{seat_id}}", f"{BASE}/{{gathering_id}}/aanmelden",
    f"{BASE}/{{gathering_id}}/nodig",
    f"{BASE}/plek/{{token}} confirm", f"{BASE}/plek/{{token}} accept", f"{BASE}/plek/{{token}} cancel",
    f"{BASE}/plek/{{token}}/wijzigen", f"{BASE}/gastheer", f"{BASE}/gastheer/{{turn_id}}",
    f"{BASE}/{{gathering_id}}/ronde", f"{BASE}/{{gathering_id}}/ronde/samen", f"{BASE}/ronde/{{subject_id}}/stemmen",
    f"{BASE}/ronde/{{subject_id}}/afspraak", f"{BASE}/ronde/{{subject_id}}/klaar",
    f"{BASE}/ronde/{{subject_id}}/naam", f"{BASE}/ronde/{{subject_id}}/weg",
    f"{BASE}/plek/{{token}} agree", f"{BASE}/plek/{{token}} decline", f"{BASE}/{{gathering_id}}/spreker",
    f"{BASE}/onderwerpen", f"{BASE}/onderwerpen/{{topic_id}}/terug", f"{BASE}/onderwerpen/{{topic_id}}/plannen",
    f"{BASE}/onderwerpen/{{topic_id}}/niet", f"{BASE}/ervaring", f"{BASE}/ervaring/{{ask_id}}",
    f"{BASE}/visie/schrijven", f"{BASE}/visie/publiceren", f"{BASE}/visie/ondertekenen", f"{BASE}/visie/intrekken",
    f"{BASE}/ervaring/{{ask_id}}/geregeld", f"{BASE}/{{gathering_id}}/ervaring",
    f"{BASE}/gastheer/{{turn_id}} swap", f"{BASE}/{{gathering_id}}/gastheren",
)  # fmt: skip
FOLLOWING_FORMS: Final = (
    f"{BASE}/volgen", f"{BASE}/volgen/zelf", f"{BASE}/volgen/{{token}}", f"{BASE}/volgen/{{token}} stop",
    f"{BASE}/{{gathering_id}}/themas", f"{BASE}/{{gathering_id}}/materiaal", f"{BASE}/{{gathering_id}}/materiaal/weg",
    f"{BASE}/{{gathering_id}}/voorbereiding",
)  # fmt: skip
EXAMPLE_FORMS: Final = (
    f"{BASE}/voorbeelden/nieuw", f"{BASE}/voorbeelden/{{example_id}}/wijzigen",
    f"{BASE}/voorbeelden/{{example_id}}/goedkeuren", f"{BASE}/voorbeelden/{{example_id}}/terug",
    f"{BASE}/voorbeelden/{{example_id}}/intrekken", f"{BASE}/voorbeelden/{{example_id}}/bijeenkomst",
    f"{BASE}/voorbeelden/{{example_id}}/los",
)  # fmt: skip
CALENDAR_FORMS: Final = (f"{BASE}/agenda", f"{BASE}/plek/{{token}}/agenda")
VOTING_FORMS: Final = (f"{BASE}/{{gathering_id}}/ronde/stemmen", f"{BASE}/plek/{{token}}/stemmen")
INVITATION_FORMS: Final = (
    f"{BASE}/{{gathering_id}}/uitnodigen", f"{BASE}/uitnodiging/{{token}}", f"{BASE}/uitnodiging/{{token}}/aanmelden",
)  # fmt: skip
# Played in `tests/unit/community/test_tables.py`, `test_appointments.py` and `test_introductions.py`.
ACQUAINTANCE_FORMS: Final = (
    f"{BASE}/{{gathering_id}}/tafels", f"{BASE}/{{gathering_id}}/tafels/zetten", f"{BASE}/plek/{{token}}/kennismaken",
    f"{BASE}/plek/{{token}}/afspraken", f"{BASE}/plek/{{token}}/afspraken/{{appointment_id}} agree",
    f"{BASE}/plek/{{token}}/afspraken/{{appointment_id}} decline",
    f"{BASE}/plek/{{token}}/afspraken/{{appointment_id}} cancel",
    f"{BASE}/plek/{{token}}/afspraken/{{appointment_id}}/verzetten",
    f"{BASE}/kennismaken", f"{BASE}/kennismaken/{{introduction_id}}",
)  # fmt: skip
# Played in `tests/unit/community/test_cards.py`, `test_card_mails.py`, `test_card_codes.py` and `test_trainings.py`.
OWN_CARD: Final = "POST /gezichten/mijn-kaart"
CARD_FORMS: Final = (
    OWN_CARD, f"{OWN_CARD}/klopt", f"{OWN_CARD}/weg", f"{OWN_CARD}/foto", f"{OWN_CARD}/foto/weg", f"{OWN_CARD}/code",
    f"{OWN_CARD}/code/weg", "POST /gezichten/{person_id}/bericht", "POST /gezichten/{person_id}/opleiding",
)  # fmt: skip
# Played in `tests/unit/community/test_care_pages.py`.
CARE_FORMS: Final = (
    "POST /gezichten/drukte", "POST /gezichten/drukte/oor", "POST /gezichten/drukte/gevraagd/{person_id}",
    "POST /gezichten/bedankt",
)  # fmt: skip
# Played in `tests/unit/community/test_company.py`, `test_notices.py` and `test_passport.py`.
SWAP_FORMS: Final = (
    "POST /gezichten/ga-mee", "POST /gezichten/ga-mee/aanbod", "POST /gezichten/ga-mee/stoppen",
    "POST /gezichten/ga-mee/{company_id}", "POST /gezichten/ga-mee/{company_id} cancel",
    "POST /gezichten/ga-mee/{company_id} well", "POST /gezichten/vraag-en-aanbod",
    "POST /gezichten/vraag-en-aanbod/reacties", "POST /gezichten/vraag-en-aanbod/reacties/{reply_id}",
    "POST /gezichten/paspoort", "POST /gezichten/paspoort/vaardigheden/{skill_id}/weg",
    "POST /gezichten/paspoort/bevestigen", "POST /gezichten/paspoort/bevestigingen/{endorsement_id}/weg",
    "POST /gezichten/paspoort/bevestigen/{token}", "POST /gezichten/paspoort/mening", "POST /gezichten/paspoort/wissen",
    "POST /gezichten/paspoort/proef",
    "POST /gezichten/vraag-en-aanbod/{notice_id}/klaar", "POST /gezichten/vraag-en-aanbod/{notice_id}/verlengen",
)  # fmt: skip
# Played in `tests/unit/community/test_sparring_asking.py` and `test_sparring_answering.py`.
SPARRING: Final = "POST /sparren"
SPARRING_FORMS: Final = (
    f"{SPARRING}/vraag ask", f"{SPARRING}/meedenken", f"{SPARRING}/antwoord/{{token}}",
    f"{SPARRING}/antwoord/{{token}}/door", f"{SPARRING}/antwoord/{{token}}/niet", f"{SPARRING}/concept/{{token}}",
    f"{SPARRING}/{{question_id}}/geholpen", f"{SPARRING}/{{question_id}}/aanvraag", f"{SPARRING}/{{question_id}}/terug",
    f"{SPARRING}/artikel/{{answer_id}}",
)  # fmt: skip
# Played in `tests/unit/community/test_knowledge_pages.py`; who is mailed in `test_who_is_told_of_knowledge.py`.
KNOWLEDGE: Final = "POST /kennisbank"
KNOWLEDGE_FORMS: Final = (
    f"{KNOWLEDGE}/nieuw", f"{KNOWLEDGE}/{{slug}}/mening", f"{KNOWLEDGE}/{{slug}}/voorstel",
    *(
        f"{KNOWLEDGE}/voorstellen/{{edition_id}}/{step}"
        for step in ("meedoen", "wijzigen", "indienen", "terug", "goedkeuren", "meteen", "nagekeken")
    ),
    f"{KNOWLEDGE}/nakijken/{{article_id}}", f"{KNOWLEDGE}/nakijken/{{article_id}}/weg",
    f"{KNOWLEDGE}/beheer/{{article_id}}",
)  # fmt: skip
# Played in `tests/unit/intake/test_same_child.py` and `test_one_plan.py`, with what reaches whom.
SAME_CHILD: Final = "POST /aanvragen/{case_id}/zelfde-kind/{pair_id}"

ELSEWHERE: Final = (
    SAME_CHILD, f"{SAME_CHILD}/uit-elkaar",
    *FOLLOWING_FORMS, *CALENDAR_FORMS, *INVITATION_FORMS, *VOTING_FORMS, *NETWORK_FORMS, *DESK_FORMS, *GATHERING_FORMS,
    *MAP_FORMS, *EXAMPLE_FORMS, *ACQUAINTANCE_FORMS, *CARD_FORMS, *CONSENT_FORMS, *CARE_FORMS, *SWAP_FORMS,
    *SPARRING_FORMS, *KNOWLEDGE_FORMS, "POST /bord/gelezen/{point_id}",
)  # fmt: skip
