"""Whom the forms of cards reach."""

from typing import Final

from shared.web.reach import DESK, Reach

FACES: Final = "/gezichten"
OWN: Final = f"{FACES}/mijn-kaart"
WRITE_CARD: Final = Reach(f"POST {OWN}", note="Elk deel leest alleen wie jij kiest. Dat geldt meteen.")
CONFIRM_CARD: Final = Reach(f"POST {OWN}/klopt")
REMOVE_CARD: Final = Reach(f"POST {OWN}/weg", note="Alles op je kaart gaat weg. Je naam, organisatie en rol blijven.")
CARRY_PHOTO: Final = Reach(f"POST {OWN}/foto", note="Je foto ziet alleen wie jij kiest.")
DROP_PHOTO: Final = Reach(f"POST {OWN}/foto/weg")
MAKE_CODE: Final = Reach(f"POST {OWN}/code", note="Wie de code heeft, ziet wie je bent en wat voor iedereen is.")
WITHDRAW_CODE: Final = Reach(f"POST {OWN}/code/weg")
MAIL_PERSON: Final = Reach(
    f"POST {FACES}/{{person_id}}/bericht",
    mails=("card-mail",),
    note="De ander leest je naam en je bericht. Jullie zien elkaars adres niet.",
)
RECORD_TRAINING: Final = Reach(
    f"POST {FACES}/{{person_id}}/opleiding", seen_by=(DESK,), note="Zestig dagen voor het einde komt er een mail."
)
