"""A file with a map as the desk sends it: looked at before it is kept."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Annotated, Final

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from starlette.datastructures import UploadFile

from shared.kernel.readable import Unreadable, readable
from shared.web.forms import FieldError, Form, Seen, check_form

MOST_BYTES: Final = 20 * 1024 * 1024
MEGABYTES: Final = MOST_BYTES // (1024 * 1024)
ENDINGS: Final = (".csv", ".txt", ".tsv", ".xlsx", ".json", ".zip")
LONGEST_NAME: Final = 200
_EXAMPLE: Final = "kaart.csv"


class MapFileForm(BaseModel):
    """Where the file comes from; empty: its name says so."""

    model_config = ConfigDict(extra="ignore")

    source: Annotated[str, StringConstraints(strip_whitespace=True, max_length=80), Seen] = Field(
        "", title="Waar komt het vandaan?", examples=["gids van de gemeente"]
    )


@dataclass(frozen=True, slots=True)
class SentFile:
    """Its name and what is in it."""

    name: str
    content: bytes


async def read_upload_form(request: Request) -> tuple[Form[MapFileForm], SentFile | None]:
    """The form with its file; what is wrong with the file stands at the field `file`."""
    async with request.form(max_files=1, max_fields=10) as posted:
        source, sent = posted.get("source", ""), posted.get("file")
        name, content = (sent.filename or "", await sent.read()) if isinstance(sent, UploadFile) else ("", b"")
    form = check_form({"source": source if isinstance(source, str) else ""}, MapFileForm)
    # Some browsers send the way to the file as well.
    name = PurePath(name.replace("\\", "/")).name[-LONGEST_NAME:]
    if not name:
        return _refused(form, "Kies een bestand.")
    if PurePath(name).suffix.lower() not in ENDINGS or not _is_readable(name):
        return _refused(form, f"Dit soort bestand kunnen wij niet lezen. Kies een bestand op {_listed(ENDINGS)}.")
    if not content.strip():
        return _refused(form, "Dit bestand is leeg.")
    if len(content) > MOST_BYTES:
        return _refused(form, f"Dit bestand is te groot. Het mag hooguit {MEGABYTES} MB zijn.")
    return form, SentFile(name, content)


def _is_readable(name: str) -> bool:
    try:
        return readable(name) == name
    except Unreadable:
        return False


def _listed(endings: tuple[str, ...]) -> str:
    return ", ".join(endings[:-1]) + " of " + endings[-1]


def _refused(form: Form[MapFileForm], problem: str) -> tuple[Form[MapFileForm], None]:
    form.add(FieldError("file", "Bestand", problem, _EXAMPLE))
    return form, None
