"""Whom the forms about how busy people are, and of thanks, reach."""

from typing import Final

from shared.web.reach import Reach

CARE: Final = "/gezichten"
LOAD: Final = Reach(
    f"POST {CARE}/drukte", perhaps=("load-near", "load-reached"), note="Niemand anders ziet hoeveel je doet."
)
EAR: Final = Reach(
    f"POST {CARE}/drukte/oor",
    perhaps=("check-in", "check-in-desk"),
    note="Is dat niemand, of kan die nu niet? Dan vragen we het iemand anders.",
)
CHECK_IN: Final = Reach(f"POST {CARE}/drukte/gevraagd/{{person_id}}", note="Wat jullie bespraken, schrijf je niet op.")
THANK: Final = Reach(f"POST {CARE}/bedankt", mails=("thanked",), note="Die krijgt een mail. Verder ziet niemand het.")
