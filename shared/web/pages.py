"""Pages: Jinja2 templates of a service over the shared layout and components."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from babel.dates import format_date
from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import BaseLoader, BytecodeCache, ChoiceLoader, Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.bccache import Bucket
from jinja2.runtime import Context

from shared.access.sessions import RENEWAL, session_of
from shared.kernel.city import City
from shared.kernel.city.site import LOGO
from shared.web.assets import ICON, asset_of, assets, stylesheets
from shared.web.catalogues import languages, texts_in
from shared.web.languages import (
    CHOICE,
    PAGE_LANGUAGE,
    Reading,
    choices,
    city_read_in,
    gettext,
    in_dutch,
    own_name,
    read_as,
    reading,
    same_language,
    translated,
    with_choice,
)
from shared.web.roles import as_what
from shared.web.site import may_be_found, menu_for


class _Compiled(BytecodeCache):
    """What Jinja made of each template, once for this process: the services in one share the layout and components."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Nothing, when the template was not compiled yet or was written anew since."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember it."""
        self._codes[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _Compiled()


class Templates:
    """Renders `<service_package>/web/templates/*.html`; `layout.html` and `components.html` come from here.

    `service_package` is importable, e.g. `"services.intake"`. `theme`: a city's own `theme.css`.
    Filters: `day` (2 maart 2026), `moment` (2 maart 2026 om 14:03), both by the clock of the city, `iso`,
    `lower_first`, `upper_first`, `field_id`, `language_name` (Japans, for ja), `translated`, `same_language`.
    `_("…")` and `{% trans %}` are read in the language of the reader, on pages that say so (`shared.web.languages`).
    """

    def __init__(self, service_package: str, *, theme: Path | None = None) -> None:
        self._environment = Environment(
            loader=ChoiceLoader([*_own_templates(service_package), PackageLoader("shared.web", "templates")]),
            autoescape=True,
            undefined=StrictUndefined,
            bytecode_cache=_COMPILED,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
        )
        self._environment.policies["ext.i18n.trimmed"] = True
        # The extension adds it to the environment that it is given.
        install: Callable[..., None] = self._environment.install_gettext_callables  # type: ignore[attr-defined]
        install(translated, _counted, newstyle=True)
        self._environment.filters.update(FILTERS)
        self._environment.filters["said_in"] = lambda text, language: self._said_in(language, text)
        self._environment.globals.update(reading=reading, choice_of_language=CHOICE, said_in=self._said_in)
        self._environment.globals["city_here"] = self._city_here
        self.package = service_package
        self.theme = theme
        self._logo = ""
        known = assets(theme)
        self._site: Mapping[str, Any] = {
            "stylesheets": stylesheets(theme),
            "icon": known[ICON].path if ICON in known else "",
        }

    def live_in(self, city: City) -> None:
        """From now on `city` is there in every page, and in the components that pages import."""
        self._environment.globals["city"] = city
        self._logo = asset_of(LOGO, city.logo).path if city.logo else ""
        self._cities = {
            PAGE_LANGUAGE: city,
            **{language: city_read_in(city, language) for language in city.translations if language in languages()},
        }

    def _said_in(self, language: str, text: str) -> str:
        """A text in one language, inside a page that is read in another; empty where nobody translated it."""
        known = language in self._cities and language != PAGE_LANGUAGE
        return texts_in(language, self.package).gettext(text) if known else ""

    def city_in(self, language: str) -> City:
        """The city of these pages, in the words of that language."""
        return self._cities[language]

    def _city_here(self) -> City:
        """What imported components read of the city: the context of the page is not theirs."""
        return self._cities.get(reading().language, self._cities[PAGE_LANGUAGE])

    def page(self, request: Request, name: str, status_code: int = 200, **context: Any) -> HTMLResponse:  # noqa: ANN401
        """A whole page. The context always has `request`, `session` (or None), `site` (menu), `city` and `lang`.

        A form in it that comes back with something wrong (`Form.is_wrong`) is told in the title of the page.
        """
        session = request.state.session if hasattr(request.state, "session") else session_of(request)
        web = request.app.state.web
        site = {
            **self._site,
            "renewal": RENEWAL if session and session.wants_renewal(web.clock.now()) else "",
            "menu": menu_for(session, request.url.path),
            "who": as_what(session.role, session.organisation) if session else "",
            "environment": web.environment,
            "logo": self._logo,
            "may_be_found": may_be_found(request.url.path),
            "wrong": any(getattr(each, "is_wrong", False) for each in context.values()),
        }
        how: Reading = request.state.reading if hasattr(request.state, "reading") else in_dutch(request)
        with read_as(how):
            whole = {
                "request": request,
                "session": session,
                "site": {**site, "languages": choices(request)},
                "lang": how.language,
                "text_direction": how.locale.text_direction,
                "city": self.city_in(how.language),
                **context,
            }
            text = self._environment.get_template(name).render(whole)
        headers = {"Content-Language": how.language, **({"Vary": "Accept-Language"} if how.offered else {})}
        return HTMLResponse(text, status_code=status_code, headers=headers)


def _own_templates(package: str) -> list[BaseLoader]:
    """A package without pages of its own has none."""
    folder = files(package) / "web" / "templates"
    return [PackageLoader(package, "web/templates")] if folder.is_dir() else []


def _counted(one: str, many: str, number: int) -> str:
    return reading().texts.ngettext(one, many, number)


def day(value: date) -> str:
    """2 maart 2026, in the language of the reader."""
    return format_date(value, "long", locale=reading().locale)


@pass_context
def _day_here(context: Context, value: date | datetime) -> str:
    return day(context["city"].day_of(value) if isinstance(value, datetime) else value)


@pass_context
def _moment_here(context: Context, value: datetime) -> str:
    local = value.astimezone(context["city"].zone)
    return gettext("%(day)s om %(time)s", day=day(local.date()), time=f"{local:%H:%M}")


def _while_rendering(of: Callable[[str], str]) -> Callable[[Context, str], str]:
    """Asked for each reader: what it makes of a plain text in a template, Jinja would else work out once for all."""

    @pass_context
    def for_reader(_: Context, text: str) -> str:
        return of(text)

    return for_reader


def typed_day(value: object) -> str:
    """A date as people type it: 31-12-2017; what somebody typed wrong stays as it is."""
    return f"{value:%d-%m-%Y}" if isinstance(value, date) else str(value)


def iso(value: date | datetime) -> str:
    """For machines."""
    return value.isoformat()


def language_name(code: str) -> str:
    """What a language is called, by its code of ISO 639; what is no such code stays as it is."""
    names = reading().locale.languages
    return str(names.get(code) or names.get(code.split("-", maxsplit=1)[0]) or code)


def lower_first(text: str) -> str:
    """The sentence inside another one."""
    return text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """The words on their own."""
    return text[:1].upper() + text[1:]


def names_in(city: City) -> Mapping[str, str]:
    """What `{desk}`, `{Desk}` and `{ambassador}` stand for in a sentence of a page."""
    desk = city.desk.in_sentence
    return {"desk": desk, "Desk": upper_first(desk), "ambassador": city.ambassador}


def as_opening(label: str) -> str:
    """A label before its problem: "Voornaam:", but "Wat is er nodig?" as it is."""
    return label if label.endswith(("?", ":", ".")) else f"{label}:"


def problem_after(problem: str, label: str) -> str:
    """What is wrong, as it follows the label: "Voornaam: vul dit in", but "Wat is er nodig? Kies wat klopt."."""
    return lower_first(problem) if as_opening(label) != label or label.endswith(":") else problem


def field_id(name: str) -> str:
    """A field's id on the page; the same wherever it is linked to."""
    return "veld-" + name.replace(".", "-").replace("_", "-")


FILTERS = {
    "day": _day_here,
    "moment": _moment_here,
    "typed_day": typed_day,
    "iso": iso,
    "own_name": own_name,
    "read_in": with_choice,
    "language_name": _while_rendering(language_name),
    "lower_first": lower_first,
    "upper_first": upper_first,
    "as_opening": as_opening,
    "problem_after": problem_after,
    "field_id": field_id,
    "translated": _while_rendering(translated),
    "same_language": _while_rendering(same_language),
}
