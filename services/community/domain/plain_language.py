"""What makes a text hard to read: long sentences, and words that only professionals use. It tells, and stops nobody."""

import re
from dataclasses import dataclass
from typing import Final

LONGEST_SENTENCE: Final = 20
LONGEST_ARTICLE: Final = 400
# What to write in its place.
PLAINER: Final = {
    "aanvragen indienen": "iets aanvragen", "adequaat": "goed", "bewerkstelligen": "zorgen voor",
    "bijgevolg": "daardoor", "casus": "gezin", "cliënt": "gezin", "conform": "volgens", "derhalve": "daarom",
    "dienaangaande": "daarover", "doelgroep": "de mensen om wie het gaat", "doorlooptijd": "hoe lang het duurt",
    "echter": "maar", "eigen bijdrage leveren": "zelf betalen", "faciliteren": "helpen met", "financieel": "met geld",
    "financiële middelen": "geld", "hieromtrent": "hierover", "implementeren": "invoeren", "in het kader van": "voor",
    "indien": "als", "inkomensafhankelijk": "het hangt af van het inkomen", "interventie": "hulp", "inzake": "over",
    "middels": "met", "minima": "mensen met weinig geld", "multiproblematiek": "meer zorgen tegelijk",
    "nadere": "meer", "omtrent": "over", "participeren": "meedoen", "problematiek": "zorgen",
    "realiseren": "zorgen voor", "reeds": "al", "sociaal domein": "gemeente en hulp in de wijk",
    "stakeholders": "wie ermee te maken heeft", "te allen tijde": "altijd", "ten behoeve van": "voor",
    "teneinde": "om", "tevens": "ook", "traject": "hulp", "verstrekken": "geven", "vigerend": "van nu",
    "voorliggende voorziening": "hulp die eerst komt", "woonachtig": "wonend",
    "zelfredzaamheid": "zelf verder kunnen",
}  # fmt: skip
_SENTENCE_ENDS: Final = re.compile(r"(?<=[.!?:])\s+|\n+")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*|\d+")
# The address of a link is not read.
_LINK: Final = re.compile(r"\]\([^)]*\)|https?://\S+")


@dataclass(frozen=True, slots=True)
class HardToRead:
    """What was found. `long_sentences`: as they stand there; `jargon`: each word, and a plainer one."""

    words: int
    long_sentences: tuple[str, ...]
    jargon: tuple[tuple[str, str], ...]

    @property
    def is_too_long(self) -> bool:
        """Whether it is more than one page."""
        return self.words > LONGEST_ARTICLE

    @property
    def is_plain(self) -> bool:
        """Whether nothing was found."""
        return not (self.is_too_long or self.long_sentences or self.jargon)


def read_level(text: str) -> HardToRead:
    """What is hard in this text."""
    shown = _LINK.sub("] ", text)
    sentences = [sentence.strip() for sentence in _SENTENCE_ENDS.split(shown)]
    folded = " ".join(_WORD.findall(shown.lower()))
    jargon = ((hard, plain) for hard, plain in PLAINER.items() if re.search(rf"\b{hard}\b", folded))
    return HardToRead(
        len(_WORD.findall(shown)),
        tuple(one for one in sentences if len(_WORD.findall(one)) > LONGEST_SENTENCE),
        tuple(jargon),
    )
