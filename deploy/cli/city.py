"""`city check` and `city schema`: for whoever describes a city."""

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from deploy.cli.screen import good, say, table
from deploy.install.errors import OperatorError
from shared.kernel.city import City

city_app = typer.Typer(help="The file that describes your city (docs/city.md).", no_args_is_help=True)


@city_app.callback()
def city() -> None:
    """The file that describes your city (docs/city.md)."""


@city_app.command()
def check(
    file: Annotated[
        Path | None, typer.Argument(help="city.toml; left out: the one that SCHAKEL_CITY names", show_default=False)
    ] = None,
) -> None:
    """Check the whole file: every mistake at once, with its line and an example of what is right."""
    from services.monitoring.settings import unknown_reasons
    from shared.kernel.city import CodeList
    from shared.kernel.city.file import read_city

    named = file or (Path(os.environ["SCHAKEL_CITY"]) if os.environ.get("SCHAKEL_CITY") else None)
    if named is None:
        raise OperatorError("say which file: schakel city check city.toml")
    found = read_city(named)
    if wrong := unknown_reasons(found):
        raise OperatorError(f"{named}: {wrong}")
    lists: dict[str, CodeList[Any]] = {
        "districts": found.districts, "groups of needs": found.category_groups, "needs": found.categories,
        "languages": found.languages, "kinds of organisations": found.organisation_kinds,
        "kinds of people": found.person_kinds,
        "access": found.access,
    }  # fmt: skip
    rows = [
        (name, len(one.offered), len(one) - len(one.offered), ", ".join(one.offered)) for name, one in lists.items()
    ]
    table(found.name, ("what", "offered", "retired", "codes"), rows)
    _tell_what_is_untranslated(found)
    good(f"{named} describes {found.name}")


def _tell_what_is_untranslated(city: City) -> None:
    """Not wrong: what is not translated is read in the city's own language."""
    from shared.web.catalogues import languages

    for language in sorted(city.translations.keys() - languages()):
        say(f"translations.{language}: pages have no texts in it; they have {', '.join(sorted(languages()))}")
    for place in city.untranslated():
        say(f"{place}: not translated, families read it in {city.languages.words(city.language)}")


@city_app.command()
def schema(
    *,
    write: Annotated[bool, typer.Option("--write", help="Write docs/city.schema.json instead.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; say whether that file is in step.")] = False,
) -> None:
    """Print the JSON Schema of city.toml, for an editor that helps while you write."""
    from shared.kernel.city import schema as kept

    if check:
        if not kept.in_step():
            raise OperatorError(f"{kept.FILE.name} is not in step: schakel city schema --write")
        good(f"{kept.FILE.name} is in step")
    elif write:
        kept.FILE.write_text(kept.text(), encoding="utf-8")
        good(f"{kept.FILE.name}: written")
    else:
        typer.echo(kept.text(), nl=False)
