"""What the texts of pages are in other languages: gettext's catalogues, read from `locale/<language>/LC_MESSAGES`.

What all pages share stands in `shared/web/locale`, the rest in `services/<service>/web/locale`. They are read as they
were written (`.po`): nothing is compiled beforehand, so nothing is out of step. `make messages` keeps them complete.
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

FOLDER: Final = "locale"
FILE: Final = Path("LC_MESSAGES", "schakel.po")
SHARED: Final = Path(__file__).parent / FOLDER


@cache
def languages() -> frozenset[str]:
    """Those that there is a catalogue of."""
    return frozenset(folder.name for folder in SHARED.iterdir() if (folder / FILE).is_file())


@cache
def texts_in(language: str, package: str) -> Translations:
    """The texts of the pages of this service (`services.intake`) in that language; read once."""
    whole = Catalog(language)
    for catalogue in _catalogues(language, package):
        for message in catalogue:
            if message.id:
                whole[message.id] = message
    compiled = BytesIO()
    write_mo(compiled, whole)
    compiled.seek(0)
    return Translations(compiled)


def _catalogues(language: str, package: str) -> Iterator[Catalog]:
    for folder in (SHARED, Path(str(files(package))) / "web" / FOLDER):
        file = folder / language / FILE
        if file.is_file():
            with file.open("rb") as opened:
                yield read_po(opened, language)
