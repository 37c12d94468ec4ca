"""Whom the forms of the skills passport reach."""

from typing import Final

from shared.web.reach import DESK, Reach

PASSPORT: Final = "/gezichten/paspoort"
ONLY_YOU: Final = "Alleen jij leest dit."
DESCRIBE: Final = Reach(f"POST {PASSPORT}", note=ONLY_YOU)
DROP: Final = Reach(f"POST {PASSPORT}/vaardigheden/{{skill_id}}/weg", note="Het is weg, ook voor wie het bevestigde.")
ASK: Final = Reach(
    f"POST {PASSPORT}/bevestigen",
    mails=("endorsement-asked",),
    note="Wie je vraagt, leest je naam en wat je kunt.",
)
FORGET: Final = Reach(f"POST {PASSPORT}/bevestigingen/{{endorsement_id}}/weg", note=ONLY_YOU)
SAY: Final = Reach(f"POST {PASSPORT}/bevestigen/{{token}}", note="Wie het je vroeg, leest je antwoord.")
HELPED: Final = Reach(
    f"POST {PASSPORT}/mening",
    note="We tellen alleen wat tien mensen of meer zeggen.",
)
ERASE: Final = Reach(f"POST {PASSPORT}/wissen", note="Alles is weg, voor altijd.")
SWITCH_ON: Final = Reach(
    f"POST {PASSPORT}/proef", seen_by=(DESK,), note="Wat in het paspoort komt, leest alleen deze persoon."
)
