"""In which language a page is read: what its reader chose in the address, else what their browser asks for.

Dutch is what pages are written in, and what a page without translation is read in. The pages that families read say so
at their router and wrap each of their texts; `make messages` then collects these for the translators:

    router = APIRouter(dependencies=[Depends(read_in_languages)])     in a template: {{ _("Sociale kaart") }}
    gettext("vanaf %(age)s jaar", age=age)                            in Python, while such a page is answered
    to_translate("Niet gevonden")                                     in a table or a refusal; where it is shown:
                                                                      {{ words | translated }}

The choice stands in the address and in no cookie: links and forms carry it on (`same_language`).
"""

from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Final, Literal
from urllib.parse import parse_qsl, urlencode

from babel import Locale, UnknownLocaleError, negotiate_locale
from babel.lists import format_list
from babel.support import NullTranslations
from fastapi import Depends, Request

from shared.access.sessions import session_of
from shared.kernel.city import City, CodeList
from shared.kernel.translatable import to_translate
from shared.web.catalogues import languages, texts_in

# The language that pages are written in, whatever the city.
PAGE_LANGUAGE: Final = "nl"
CHOICE: Final = "leestaal"
"""What says in an address in which language its reader wants to read; `taal` is one that somebody speaks."""
# Before a path a browser reads these as the two slashes before a host, or passes over them.
_TO_ANOTHER_SITE: Final = "/\\\t\n\r "
# No browser asks for more.
MOST_ASKED: Final = 20


@dataclass(frozen=True)
class Reading:
    """How one reply is read. `chosen`: what its address asks for. `offered`: in what else this page can be read."""

    language: str = PAGE_LANGUAGE
    texts: NullTranslations = field(default_factory=NullTranslations)
    chosen: str = ""
    offered: tuple[str, ...] = ()

    @property
    def locale(self) -> Locale:
        """How days and lists are written: as in Europe, where that differs."""
        return _locale_of(self.language)


@cache
def _locale_of(language: str) -> Locale:
    try:
        return Locale.parse(f"{language}_150")
    except UnknownLocaleError:
        return Locale.parse(language, sep="-")


@dataclass(frozen=True, slots=True)
class Choice:
    """A language in which a page can be read: what it calls itself, how it invites, and where the page is in it."""

    language: str
    name: str
    invitation: str
    direction: str
    address: str
    current: bool


_DUTCH: Final = Reading()
_READING: Final[ContextVar[Reading]] = ContextVar("reading", default=_DUTCH)


def reading() -> Reading:
    """How the reply that is being made is read."""
    return _READING.get()


@contextmanager
def read_as(how: Reading) -> Iterator[None]:
    """What is made inside is read so."""
    token = _READING.set(how)
    try:
        yield
    finally:
        _READING.reset(token)


async def read_in_languages(request: Request) -> AsyncIterator[City]:
    """Dependency: this page is read in the language of its reader. Gives the city in the words of that language."""
    how = request.state.reading = reading_of(request)
    with read_as(how):
        yield request.app.state.web.templates.city_in(how.language)


CityToRead = Annotated[City, Depends(read_in_languages)]


def city_read_in(city: City, language: str) -> City:
    """The city in the words of that language; what languages are called in it is known (CLDR)."""
    own, names = city.translations[language].languages, Locale.parse(language, sep="-")
    entries = {
        code: entry if code in own else entry.model_copy(update={"words": _name_of(code, names) or entry.words})
        for code, entry in city.read_in(language).languages.items()
    }
    return city.read_in(language).model_copy(update={"languages": CodeList(entries)})


def _name_of(code: str, names: Locale) -> str:
    """Empty where nobody knows the language: the city says itself what it is called."""
    try:
        return _capitalised(Locale.parse(code, sep="-").get_display_name(names) or "")
    except UnknownLocaleError:
        return ""


def _capitalised(name: str) -> str:
    return name[:1].upper() + name[1:]


def reading_of(request: Request) -> Reading:
    """What the address asks for, else the browser. Who is signed in works in Dutch, whatever their browser says."""
    web = request.app.state.web
    offered = (PAGE_LANGUAGE, *(each for each in web.city.translations if each in languages()))
    chosen = chosen_in(request, offered)
    asked = "" if session_of(request) else request.headers.get("Accept-Language", "")
    language = chosen or _preferred(asked, offered) or PAGE_LANGUAGE
    if language == PAGE_LANGUAGE:
        return Reading(chosen=chosen, offered=offered)
    return Reading(language, texts_in(language, web.templates.package), chosen, offered)


def reading_of_texts(request: Request, *texts: str) -> Reading:
    """The same for a page that shows these texts; Dutch when one of them has no translation: never half a page."""
    how, package = reading_of(request), request.app.state.web.templates.package
    others = [language for language in how.offered if language != PAGE_LANGUAGE]
    known = bool(others) and all(texts_in(others[0], package).gettext(text) != text for text in texts)
    return how if known else in_dutch(request)


def in_dutch(request: Request) -> Reading:
    """A page without translation; its links keep what was chosen for the pages that have one."""
    return Reading(chosen=chosen_in(request, (PAGE_LANGUAGE, *request.app.state.web.city.translations)))


def chosen_in(request: Request, offered: Sequence[str]) -> str:
    """What the address asks for, if that is one of these."""
    chosen = request.query_params.get(CHOICE, "")
    return chosen if chosen in offered else ""


def choices(request: Request) -> list[Choice]:
    """The languages in which this page can be read; none where there is nothing to choose, or something to lose."""
    how = reading()
    if request.method != "GET" or how.offered in ((), (PAGE_LANGUAGE,)):
        return []
    here = f"{request.url.path}?{request.url.query}"
    package = request.app.state.web.templates.package
    return [_choice(language, here, package, current=language == how.language) for language in how.offered]


def _choice(language: str, here: str, package: str, *, current: bool) -> Choice:
    direction = Locale.parse(language, sep="-").text_direction
    invitation = to_translate("Lees deze pagina in het Nederlands")
    if language != PAGE_LANGUAGE:
        invitation = texts_in(language, package).gettext(invitation)
    return Choice(language, own_name(language), invitation, direction, with_choice(here, language), current)


def own_name(language: str) -> str:
    """What a language calls itself: العربية."""
    try:
        return _name_of(language, Locale.parse(language, sep="-")) or language
    except UnknownLocaleError:
        return language


def _preferred(asked: str, offered: Sequence[str]) -> str | None:
    """The first of these that a browser asks for (RFC 9110, 12.5.4)."""
    tags = [each.partition(";") for each in asked.split(",")[:MOST_ASKED]]
    weighed = [(weight, tag.strip()) for tag, _, said in tags if (weight := _weight(said)) > 0]
    wanted = [tag for _, tag in sorted(weighed, key=lambda each: -each[0])]
    return negotiate_locale(wanted, offered, sep="-", aliases={})


def _weight(said: str) -> float:
    """1 where nothing is said; what cannot be read is not asked for."""
    name, _, number = said.strip().partition("=")
    try:
        return float(number) if name == "q" else 1.0
    except ValueError:
        return 0.0


def gettext(text: str, **facts: object) -> str:
    """This Dutch text in the language of the reader; `%(name)s` in it stands for a fact."""
    return reading().texts.gettext(text) % facts


def ngettext(one: str, many: str, number: int, **facts: object) -> str:
    """The same for a text that counts: `%(num)s` in it is the number."""
    return reading().texts.ngettext(one, many, number) % {"num": number, **facts}


def listed(words: Iterable[str], style: Literal["standard", "or"] = "standard") -> str:
    """As a person says it: Noord, Oost en Zuid."""
    return format_list(list(words), style=style, locale=reading().locale)


def translated(text: str) -> str:
    """What `to_translate` marked, in the language of the reader; any other text as it is."""
    return reading().texts.gettext(text) if text else text


def same_language(address: str) -> str:
    """The address of a page of this site, read in the language that was chosen here."""
    chosen = reading().chosen
    if not chosen or not address.startswith("/") or address.startswith(("//", "/static/")):
        return address
    return with_choice(address, chosen)


def with_choice(address: str, language: str) -> str:
    """This address of our own site, asking for that language: "//elsewhere" would be another site."""
    rest, hash_, part = address.partition("#")
    path, _, query = rest.partition("?")
    path = "/" + path.lstrip(_TO_ANOTHER_SITE)
    asked = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name != CHOICE]
    return f"{path}?{urlencode([*asked, (CHOICE, language)])}{hash_}{part}"
