"""`city.toml` is checked whole: every problem at once, with its line, and never a traceback."""

import codecs
from pathlib import Path

import pytest

from shared.kernel.city.file import MOST_BYTES, CityInvalid, read_city
from shared.kernel.city.problems import Problem
from shared.kernel.city.site import LOGO, MOST_BYTES_OF_LOGO
from tests.parts.city import SCHIEWIJK, VELDERMEER

TEXT = SCHIEWIJK.read_text(encoding="utf-8")


def problems(folder: Path, text: str | bytes) -> list[Problem]:
    """What is wrong with this text."""
    file = folder / "city.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(CityInvalid) as refused:
        read_city(file)
    assert refused.value.problems == [problem.in_words(str(file)) for problem in refused.value.found]
    return refused.value.found


def changed(old: str, new: str) -> tuple[str, int]:
    """Schiewijk's file with this changed, and on which line that is."""
    assert TEXT.count(old) == 1, old
    return TEXT.replace(old, new), TEXT[: TEXT.index(old)].count("\n") + 1


@pytest.mark.parametrize("file", [SCHIEWIJK, VELDERMEER], ids=lambda file: file.parent.name)
def test_the_cities_that_ship_are_right(file: Path) -> None:
    assert read_city(file).name.lower() == file.parent.name


WRONG = {
    'name = "Schiewijk"\n': ('name = ""\n', "name", "empty"),
    'time_zone = "Europe/Amsterdam"': ('time_zone = "Europe/Amsterdm"', "time_zone", "no such time zone"),
    'language = "nl"': ('language = "li"', "language", "does not stand under [languages]"),
    'email = "regie@schiewijk.example"': ('email = "regie"', "desk.email", "not written as it must be"),
    'noord = "Noord"': ('Noord = "Noord"', "districts.Noord", "no code"),
    'oost = "Oost"': ('oost = "Noord"', "districts.oost", "noord is called the same"),
    'zuid = "Zuid"': ('zuid = " Zuid"', "districts.zuid.words", "a space before or after"),
    'west = "West"': ('west = "We\\u200bst"', "districts.west.words", "cannot be seen"),
    'kethel = "Kethel"': ("kethel = 7", "districts.kethel", "a table of keys"),
    'home = { words = "Wonen", icon = "house" }\n': (
        'home = "Wonen"\nempty = "Leeg"\n', "category_groups.empty", "no category",
    ),
    'words = "Kleding en schoenen"\n': ("", "categories.clothing.words", "missing"),
    "minimum = 80\nmaximum = 200": ("minimum = 80\nmaximum = 80", "categories.bike.ask.height", "below the maximum"),
    'unit = "cm"': ('unit = "cm"\nchoices = ["a"]', "categories.bike.ask.height", "not both"),
    'search = ["opleiding",': ('search = ["Op leiding",', "categories.study.search.0", "one word in small letters"),
    'nl = "Nederlands"': ('nl = "Nederlands"\nnederlands = "Plat"', "languages.nederlands", "no code"),
    'normal = "Geen spoed"': ('later = "Geen spoed"', "urgencies.later", "no such urgency"),
    "matching = 1": ("matching = 0", "terms.matching", "1 or more"),
    "confirmation = 5": ("confirmation = 1_000_000", "terms.confirmation", "60 or less"),
    "nobody_again = 5": ("nobody_again = 5.0", "terms.nobody_again", "a whole number"),
    "out_of_sight_again = 3": ("out_of_sight_again = true", "terms.out_of_sight_again", "a whole number"),
    'office_closes_at = "17:00"': ('office_closes_at = "24:00"', "terms.office_closes_at", "no time of the day"),
    "normal = { remind_after = 2,": ("normal = { remind_after = 4,", "terms.answer.normal", "must be shorter"),
    "plan_weeks = [2, 6, 18, 30, 42, 54]": ("plan_weeks = [2, 6, 6]", "follow_up", "must go up"),
    "warn_weeks = 4": ("warn_weks = 4", "retention.warn_weks", "did you mean warn_weeks?"),
    '2026-1 = "2026-01-01"': ('2026-1 = "2026-13-01"', "consent.first_days.2026-1", "no day"),
    '2026-1 = "2026-01': ('2026-9 = "2026-01', "consent.first_days.2026-9", "no text of this"),
    'en = """': ('xx = """', "consent.texts.2026-1.xx", "no language xx"),
    "[consent.sharing.2026-1.nl]": ("[consent.sharing.2026-1.fy]", "consent.sharing.2026-1", "no text in nl"),
    "[consent.sharing.2026-1.tr]": (
        "[consent.sharing.2026-1.xx]", "consent.sharing.2026-1.xx", "no language xx",
    ),
    "[consent.texts.2026-1]": ("[consent.texts.january]", "consent.texts.january", "no code"),
}  # fmt: skip


@pytest.mark.parametrize("old", WRONG)
def test_a_mistake_is_told_with_its_line_and_its_key(old: str, tmp_path: Path) -> None:
    new, where, what = WRONG[old]
    text, line = changed(old, new)
    found = [problem for problem in problems(tmp_path, text) if problem.where == where]
    assert found, problems(tmp_path, text)
    assert any(what in problem.what for problem in found), found
    assert line - 3 <= found[0].line <= line + 2


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    text = TEXT
    for old, (new, where, _) in WRONG.items():
        if where.partition(".")[0] != "consent":
            text = text.replace(old, new)
    told = {problem.where for problem in problems(tmp_path, text)}
    assert {where for _, where, _ in WRONG.values() if where.partition(".")[0] != "consent"} <= told


def test_an_example_that_is_given_is_right(tmp_path: Path) -> None:
    text, _ = changed("first_contact = 2\n", "")
    (problem,) = problems(tmp_path, text)
    assert problem.example == "first_contact = 2"
    read_city_text = text.replace("matching = 1\n", f"matching = 1\n{problem.example}\n")
    (tmp_path / "city.toml").write_text(read_city_text, encoding="utf-8")
    assert read_city(tmp_path / "city.toml").terms.first_contact.count == 2


def test_a_whole_section_that_is_missing_is_shown(tmp_path: Path) -> None:
    before, rest = TEXT.split("[retention]")
    text = before + rest[rest.index("\n# ----") :]
    (problem,) = problems(tmp_path, text)
    assert problem.where == "retention"
    kept = "withdrawn_weeks = 6, closed_months = 12, warn_weeks = 4, draft_days = 30, family_card_weeks = 40"
    assert problem.example == f"[retention] with {kept}, application_weeks = 6, audit_years = 5"


def test_an_empty_file_misses_everything_that_must_be_there(tmp_path: Path) -> None:
    told = {problem.where for problem in problems(tmp_path, "")}
    assert {"name", "desk", "districts", "categories", "terms", "consent"} <= told
    assert "search" not in told


@pytest.mark.parametrize(
    ("garbage", "said"),
    [
        (b'name = "Schiewijk"\n\xff\xfe', "UTF-8"),
        (b"\x00\x01\x02", "not written as TOML"),
        (b"name = Schiewijk", "not written as TOML"),
        (b'name = "a"\nname = "b"', "stands in the file twice"),
        (b"[desk]\n[desk]", "stands in the file twice"),
        (b"a = " + b"[" * 5000, "brackets inside brackets"),
        (b"a = " + b"9" * 5000, "not written as TOML"),
        (b"#" * (MOST_BYTES + 1), "larger than"),
        (b'districts = 3\ncategories = [1]\nconsent = "x"\nterms = { answer = 1979-05-27 }', "a table of keys"),
    ],
)  # fmt: skip
def test_garbage_is_refused_in_words(garbage: bytes, said: str, tmp_path: Path) -> None:
    assert any(said in problem.what for problem in problems(tmp_path, garbage))


def test_a_file_is_read_as_editors_on_windows_save_it(tmp_path: Path) -> None:
    file = tmp_path / "city.toml"
    file.write_bytes(codecs.BOM_UTF8 + SCHIEWIJK.read_bytes().replace(b"\n", b"\r\n"))
    (tmp_path / LOGO).write_bytes(SCHIEWIJK.with_name(LOGO).read_bytes())
    assert read_city(file) == read_city(SCHIEWIJK)


def test_logo_is_the_picture_beside_the_file_if_there_is_one(tmp_path: Path) -> None:
    file, logo = tmp_path / "city.toml", tmp_path / LOGO
    file.write_text(TEXT, encoding="utf-8")
    assert read_city(file).logo == b""
    logo.write_bytes(b"")
    assert read_city(file).logo == b""
    logo.write_bytes(b"<svg/>")
    assert read_city(file).logo == b"<svg/>"


@pytest.mark.parametrize("picture", [b"\x89PNG", b"<svg>" + b" " * MOST_BYTES_OF_LOGO])
def test_logo_that_is_no_small_svg_is_refused_in_words(tmp_path: Path, picture: bytes) -> None:
    (tmp_path / LOGO).write_bytes(picture)
    assert [problem.what for problem in problems(tmp_path, TEXT)] == [
        f"{tmp_path / LOGO} is no SVG picture of at most 200000 bytes"
    ]


@pytest.mark.parametrize("name", ["", "not-there.toml", "\0"])
def test_a_file_that_cannot_be_read_is_refused_in_words(name: str, tmp_path: Path) -> None:
    with pytest.raises(CityInvalid, match="it cannot be read"):
        read_city(Path(f"{tmp_path}/{name}"))
