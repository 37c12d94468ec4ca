"""The invented cities of the demo: each whole in a folder of its own, chosen by name, and kept with the data."""

import json
import re
import sys
from pathlib import Path

import pytest

from deploy.demo.city import DEFAULT
from deploy.demo.city.demo_city import NoSuchCity, demo_city, demo_of, known_cities
from deploy.demo.city.make_map import MapMaker
from deploy.demo.mailbox.__main__ import main as mailbox
from deploy.demo.stories.invented import NoStories
from deploy.embedded.kept_city import CityFileGone, FolderOfAnotherCity, choose_city, city_of
from shared.kernel.city.file import CityInvalid
from tests.parts.city import VELDERMEER, a_city
from tests.parts.log_lines import logs_as_before

every_city = pytest.mark.parametrize("name", known_cities())


@every_city
def test_map_is_what_the_maker_makes_of_the_network(name: str) -> None:
    demo = demo_city(name)

    assert demo.map_file.read_text(encoding="utf-8") == MapMaker(demo).text()


@every_city
def test_city_says_that_it_is_invented_and_reaches_nobody(name: str) -> None:
    text = demo_city(name).map_file.read_text(encoding="utf-8")

    assert "verzonnen" in json.loads(text)["note"]
    assert all(address.endswith(".example") for address in re.findall(r"[\w.-]+@[\w.-]+", text))
    assert all(site.endswith(".example") for site in re.findall(r"https?://([\w.-]+)", text))
    assert all(re.match(r"010 000 \d{4}|0299 00\d{4}", number) for number in re.findall(r'"number": "([^"]+)"', text))


@every_city
def test_map_holds_codes_of_the_city_and_every_need_that_it_offers(name: str) -> None:
    demo = demo_city(name)
    found = json.loads(demo.map_file.read_bytes())

    needs = {one["taxonomy_term"]["code"] for each in found["services"] for one in each["attributes"]}
    assert needs == set(demo.city.categories.offered)
    assert {one["legal_status"] for one in found["organizations"]} <= set(demo.city.organisation_kinds.offered)
    for service in found["services"]:
        assert {one["code"] for one in service["service_areas"] if "code" in one} <= set(demo.city.districts.offered)
        assert {one["code"] for one in service["languages"]} <= set(demo.city.languages.offered)
    assert len({one["id"] for one in found["services"]}) == len(found["services"])


@every_city
def test_children_of_the_stories_need_and_speak_what_the_city_knows(name: str) -> None:
    demo = demo_city(name)

    for child in (demo.stories.first_says_yes, demo.stories.second_says_yes, demo.stories.nobody_can):
        assert child.category in demo.city.categories.offered
        assert child.district in demo.city.districts.offered
        assert child.language in demo.city.languages.offered


def test_name_that_is_no_city_is_answered_with_those_that_are() -> None:
    with pytest.raises(NoSuchCity, match="schiewijk or veldermeer"):
        demo_city("nergenshuizen")


def test_city_of_somebodys_own_is_named_by_its_file_and_has_no_map_or_stories(tmp_path: Path) -> None:
    file = tmp_path / "city.toml"
    file.write_bytes(VELDERMEER.read_bytes())

    demo = demo_city(str(file))

    assert (demo.city.name, demo.has_map) == ("Veldermeer", False)
    with pytest.raises(NoStories, match=r"stories\.toml"):
        _ = demo.stories


def test_city_of_the_settings_is_found_among_those_of_the_demo() -> None:
    found = demo_of(a_city(file=VELDERMEER))

    assert found is not None
    assert found.name == "veldermeer"
    assert demo_of(a_city({"name": "Elders"})) is None


def test_city_that_cannot_be_read_is_not_remembered(tmp_path: Path) -> None:
    file = tmp_path / "city.toml"
    file.write_text("name = 3", encoding="utf-8")

    with pytest.raises(CityInvalid):
        choose_city(tmp_path, str(file))

    assert city_of(tmp_path).name == DEFAULT


def test_folder_stays_with_the_city_that_was_chosen_first(tmp_path: Path) -> None:
    assert city_of(tmp_path).name == DEFAULT
    assert choose_city(tmp_path, "veldermeer").name == "veldermeer"

    assert choose_city(tmp_path, None).name == city_of(tmp_path).name == "veldermeer"
    assert choose_city(tmp_path, "veldermeer").name == "veldermeer"
    with pytest.raises(FolderOfAnotherCity, match="is of veldermeer, not of schiewijk: leave --city out"):
        choose_city(tmp_path, "schiewijk")


def test_city_file_that_moved_is_named_anew_and_the_folder_stays_with_it(tmp_path: Path) -> None:
    file, moved = tmp_path / "city.toml", tmp_path / "moved.toml"
    file.write_bytes(VELDERMEER.read_bytes())
    choose_city(tmp_path, str(file))
    moved.write_bytes(VELDERMEER.read_bytes())
    with pytest.raises(FolderOfAnotherCity):
        choose_city(tmp_path, str(moved))
    file.unlink()

    with pytest.raises(CityFileGone, match=r"city\.toml, which is not there: put it back, or say where it is now"):
        choose_city(tmp_path, None)
    assert city_of(tmp_path).file == file  # commands that need no city do without it
    with pytest.raises(FolderOfAnotherCity):
        choose_city(tmp_path, "veldermeer")
    assert choose_city(tmp_path, str(moved)).name == city_of(tmp_path).name == str(moved)


def test_mailbox_says_in_words_that_the_citys_file_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["mailbox", "--city", str(tmp_path), "--smtp-port", "0", "--http-port", "0"])
    with logs_as_before(), pytest.raises(SystemExit, match="it cannot be read"):
        mailbox()
