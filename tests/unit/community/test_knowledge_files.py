"""The articles that come with the invented city: plain, short, and there once."""

import pytest

from deploy.demo.city.demo_city import CITIES, KNOWLEDGE_FILE
from services.community.adapters.article_files import read_articles
from services.community.domain.brought_article import BroughtArticle
from services.community.domain.plain_language import HardToRead, read_level
from services.community.handlers.knowledge_import import bring_in
from services.community.handlers.knowledge_reading import list_readable, search_articles
from shared.kernel.city.file import read_city
from tests.unit.community.world import Community

CITY = read_city(CITIES / "schiewijk" / "city.toml")
ARTICLES = read_articles(CITIES / "schiewijk" / KNOWLEDGE_FILE, CITY)


@pytest.mark.parametrize("article", ARTICLES, ids=lambda one: one.key)
def test_article_is_plain(article: BroughtArticle) -> None:
    found = read_level(f"{article.words.title}\n{article.words.body}")
    assert found.is_plain, found


def test_there_are_twelve_to_read_and_eight_to_print_and_each_need_and_signal_has_one() -> None:
    aids = [one for one in ARTICLES if one.about.is_aid]
    assert (len(ARTICLES) - len(aids), len(aids)) == (12, 8)
    assert {code for one in ARTICLES for code in one.about.signals} == set(CITY.signals.keys())
    assert {code for one in ARTICLES for code in one.about.categories} >= {"food", "bike", "debt", "sport", "energy"}


async def test_articles_are_brought_in_once_and_found_as_people_ask() -> None:
    community = Community(CITY)
    for expected in (20, 0):
        async with community.units.begin() as unit:
            assert await bring_in(ARTICLES, unit) == expected
    async with community.units.begin() as unit:
        assert len(await list_readable(unit)) == 20
        for question, title in (
            ("kind zonder fiets", "Een fiets voor een kind regelen"),
            ("schulden", "Hulp bij schulden: zo begint het"),
            ("schimmel op de muur", "Schimmel of kou in huis"),
            ("zwemles betalen", "Sport, muziek of zwemles laten vergoeden"),
            ("winterjassen", "Een winterjas of schoenen regelen"),
        ):
            assert (await search_articles(question, unit))[0].edition.words.title == title, question


def test_what_is_hard_is_told() -> None:
    long = "Dit is een zin die maar door en door gaat zonder dat er ergens een punt komt zodat niemand hem nog volgt."
    found = read_level(f"Indien u wilt: bel. {long}")
    assert found == HardToRead(26, (long,), (("indien", "als"),))
