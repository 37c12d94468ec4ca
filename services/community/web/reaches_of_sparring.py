"""Whom the forms of questions to colleagues reach."""

from typing import Final

from shared.web.reach import DESK, Reach

BASE: Final = "/sparren"
ANSWERED_AT: Final = f"{BASE}/antwoord"
ASK: Final = Reach(
    f"POST {BASE}/vraag ask",
    seen_by=(DESK,),
    note="Drie collega's die hier veel van weten krijgen een mail. Antwoordt niemand, dan vragen we anderen.",
)
BE_ASKED: Final = Reach(f"POST {BASE}/meedenken", seen_by=(DESK,), note="Collega's zien je naam pas als je antwoordt.")
ANSWER: Final = Reach(
    f"POST {BASE}/antwoord/{{token}}",
    seen_by=(DESK,),
    note="Wie het vroeg, krijgt een mail en leest je naam bij je antwoord.",
)
PASS_ON: Final = Reach(f"POST {BASE}/antwoord/{{token}}/door", note="Deze collega krijgt een mail.")
DECLINE: Final = Reach(f"POST {BASE}/antwoord/{{token}}/niet", note="Je hoeft niet te zeggen waarom.")
PLACE_DRAFT: Final = Reach(
    f"POST {BASE}/concept/{{token}}",
    seen_by=(DESK,),
    note="Wie het vroeg, krijgt een mail en leest je naam bij je antwoord.",
)
HELPED: Final = Reach(
    f"POST {BASE}/{{question_id}}/geholpen",
    seen_by=(DESK,),
    note="Hielp het, dan kan iedereen in het netwerk vraag en antwoord lezen, zonder namen.",
)
TURN: Final = Reach(
    f"POST {BASE}/{{question_id}}/aanvraag",
    seen_by=(DESK,),
    note="Alleen waar het over gaat en voor hoe lang gaat mee. Wat je hier schreef niet.",
)
WITHDRAW: Final = Reach(f"POST {BASE}/{{question_id}}/terug", note="Niemand kan nog antwoorden.")
ARTICLE: Final = Reach(
    f"POST {BASE}/artikel/{{answer_id}}", note="Zeg je ja, dan kan het een artikel in de kennisbank worden."
)
