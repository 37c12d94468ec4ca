"""What somebody takes along of cards: a visiting card, a list, and all that is kept of themselves."""

import csv
import io
from collections.abc import Iterable
from typing import Final

from services.community.domain.card import CardField
from services.community.web.card_views import LABELS, FaceView

FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")
_PROPERTIES: Final = {CardField.PHONE: "TEL;TYPE=work", CardField.MOBILE: "TEL;TYPE=cell", CardField.EMAIL: "EMAIL"}


def visiting_card(view: FaceView) -> str:
    """As RFC 6350 has it: vCard 4.0."""
    shown = {name: told for name, _, told in view.lines}
    lines = ["BEGIN:VCARD", "VERSION:4.0", f"FN:{_escaped(view.name)}"]
    lines += [f"ORG:{_escaped(view.organisations)}"] if view.organisations else []
    lines += [f"ROLE:{_escaped(view.roles)}"] if view.roles else []
    lines += [f"{of}:{_escaped(shown[name])}" for name, of in _PROPERTIES.items() if name in shown]
    return "\r\n".join([*map(_folded, lines), "END:VCARD", ""])


def list_of_faces(views: Iterable[FaceView]) -> str:
    """CSV, with ; between the cells; the same as on the page, and not what somebody lived through."""
    written = io.StringIO()
    out = csv.writer(written, delimiter=";", lineterminator="\r\n")
    columns = [name for name in LABELS if name is not CardField.LIVED]
    out.writerow(["Naam", "Bij", "Rol", *(LABELS[name] for name in columns)])
    for view in views:
        shown = {name: told for name, _, told in view.lines}
        cells = [view.name, view.organisations, view.roles, *(shown.get(name, "") for name in columns)]
        out.writerow(map(_safe, cells))
    return written.getvalue()


def _escaped(text: str) -> str:
    for sign in ("\\", ",", ";"):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """No line is longer than readers must take: it goes on in the next, behind a space."""
    parts, room = [""], 73
    for letter in line:
        if len((parts[-1] + letter).encode()) > room:
            parts.append("")
        parts[-1] += letter
    return "\r\n ".join(parts)


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell
