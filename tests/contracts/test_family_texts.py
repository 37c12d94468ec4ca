"""What families read on their own pages is easy (A2), short, and without the words of an office."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

import services.intake.web
from shared.kernel.city import City
from tests.contracts.catalogues import texts_of
from tests.parts.city import a_city

WEB: Final = Path(services.intake.web.__file__).parent
MOST_WORDS: Final = 17
LONGEST_WORD: Final = 16
OFFICE: Final = re.compile(
    r"\b(dossier|traject|cliënt|casus|indicatie|interventie|verplicht|weiger\w*|fout|klacht|gegevensverwerking|doorverwijz\w*)\b",
    re.IGNORECASE,
)
CITIES: Final = sorted((Path(__file__).parents[2] / "deploy" / "demo" / "city").glob("*/city.toml"))


def asked_by(city: City) -> Iterator[str]:
    """What this city asks its families to consent to, on every version that they are asked or were."""
    for version in city.consent.texts.values():
        yield version["nl"]
    for sharing in city.consent.sharing.values():
        yield from sharing["nl"].model_dump().values()


SAID: Final = [str(message.id) for message in texts_of(WEB) if isinstance(message.id, str) and message.id]


def sentences(text: str) -> Iterator[list[str]]:
    """The words of each; what is filled in is one word."""
    for sentence in re.split(r"[.!?:]\s+|[.!?]$", re.sub(r"%\(\w+\)s", "x", text)):
        if words := re.findall(r"[\w'-]+", sentence):
            yield words


def hard(text: str) -> list[str]:
    """What makes it hard to read."""
    wrong = [f"a sentence of {len(words)} words" for words in sentences(text) if len(words) > MOST_WORDS]
    wrong += [word for words in sentences(text) for word in words if len(word) > LONGEST_WORD]
    return wrong + OFFICE.findall(text)


def test_there_are_texts() -> None:
    assert len(SAID) > 100


@pytest.mark.parametrize("text", SAID)
def test_family_text_is_easy(text: str) -> None:
    assert hard(text) == []


@pytest.mark.parametrize("file", CITIES, ids=lambda file: file.parent.name)
def test_what_a_city_asks_consent_for_is_easy(file: Path) -> None:
    texts = list(asked_by(a_city(file=file)))
    assert len(texts) > 10
    assert {text: wrong for text in texts if (wrong := hard(text))} == {}


@pytest.mark.parametrize(
    "text",
    [
        "Wij hebben uw dossier ontvangen.",
        "U bent verplicht om dit te melden.",
        "De gegevensbeschermingsverklaring staat hier.",
        "Als jullie niet willen dat wij dit doen omdat het nu niet goed uitkomt dan kun je dat altijd zeggen.",
    ],
)
def test_text_of_an_office_is_seen(text: str) -> None:
    assert hard(text) != []
