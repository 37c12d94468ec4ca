"""Whom the forms of the knowledge base reach."""

from typing import Final

from shared.kernel.translatable import to_translate
from shared.web.reach import DESK, Reach

KNOWLEDGE: Final = "/kennisbank"
PROPOSALS: Final = f"{KNOWLEDGE}/voorstellen"
REVIEWS: Final = f"{KNOWLEDGE}/nakijken"
FEEDBACK: Final = Reach(
    f"POST {KNOWLEDGE}/{{slug}}/mening",
    seen_by=(DESK,),
    note=to_translate("En naar wie dit artikel beheert. Wie je bent, vragen we niet."),
)
PROPOSE: Final = Reach(f"POST {KNOWLEDGE}/nieuw", seen_by=(DESK,), note="Het is een voorstel. Je dient het zelf in.")
BEGIN: Final = Reach(
    f"POST {KNOWLEDGE}/{{slug}}/voorstel", seen_by=(DESK,), note="Wat nu op de site staat, blijft staan."
)
JOIN: Final = Reach(f"POST {PROPOSALS}/{{edition_id}}/meedoen", seen_by=(DESK,))
REWRITE: Final = Reach(f"POST {PROPOSALS}/{{edition_id}}/wijzigen", seen_by=(DESK,))
SUBMIT: Final = Reach(
    f"POST {PROPOSALS}/{{edition_id}}/indienen",
    mails=("article-submitted",),
    note="En naar wie dit artikel beheert. Iemand anders dan jij kijkt het na.",
)
SEND_BACK: Final = Reach(
    f"POST {PROPOSALS}/{{edition_id}}/terug", note="Wie het schreef, krijgt een mail en leest wat er anders moet."
)
APPROVE: Final = Reach(
    f"POST {PROPOSALS}/{{edition_id}}/goedkeuren",
    note="Iedereen ziet het op de site. Wie het schreef, krijgt een mail.",
)
AT_ONCE: Final = Reach(
    f"POST {PROPOSALS}/{{edition_id}}/meteen",
    note="Iedereen ziet het op de site. Binnen vijf werkdagen kijkt iemand anders het na.",
)
CHECK: Final = Reach(f"POST {PROPOSALS}/{{edition_id}}/nagekeken", seen_by=(DESK,))
REVIEW: Final = Reach(f"POST {REVIEWS}/{{article_id}}", seen_by=(DESK,))
WITHDRAW: Final = Reach(
    f"POST {REVIEWS}/{{article_id}}/weg", seen_by=(DESK,), note="Wie het adres kent, leest daar waarom het weg is."
)
GIVE: Final = Reach(f"POST {KNOWLEDGE}/beheer/{{article_id}}", seen_by=(DESK,))
