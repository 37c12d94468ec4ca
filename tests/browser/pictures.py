"""The README's pictures, made again from the demo's stories: `python -m tests.browser.pictures`."""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

from deploy.demo.stories.child import Child
from deploy.demo.stories.play import play_all
from deploy.demo.stories.telling import Telling
from shared.events.base import Role
from tests.browser.stage import Stage, done
from tests.browser.tour import address_of
from tests.journeys.embedded import embedded_schakel
from tests.parts.chromium import chromium_for_tests
from tests.parts.stories import AMINA, STORIES

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
DESK = (1100, 1120)
PHONE = (390, 844)
MAIL = (640, 820)
AT_MOST_BYTES = 200_000


def main() -> None:
    """Start, play, and take them."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="schakel-pictures-") as made, embedded_schakel(Path(made) / "s") as schakel:
        stage = Stage(schakel.world)
        with chromium_for_tests() as browser:
            _take_of_one_child(browser, stage)
            telling = Telling()
            done(play_all(stage.world, STORIES, telling, keys="pictures"))
            assert telling.failures == []
            board = _screen(browser, *DESK)
            stage.sign_in(board, address_of(Role.COORDINATOR))
            _picture(board, "board")


def _take_of_one_child(browser: Browser, stage: Stage) -> None:
    child = Child(stage.world, Telling(), AMINA, "picture")
    done(child.school_asks())
    mail = stage.mail(words="kun je helpen?", code=child.code)
    letter, phone, desk = (_screen(browser, *size) for size in (MAIL, PHONE, DESK))
    letter.goto(f"{mail.page}/html")
    _picture(letter, "mail")
    phone.goto(mail.link_to("antwoord"))
    _picture(phone, "answer-phone")
    done(child.partner_accepts(mail))
    stage.sign_in(desk, child.ambassador)
    desk.goto(str(child.case["links"]["page"]))
    _picture(desk, "case")
    done(child.help_comes(mail))


def _screen(browser: Browser, width: int, height: int) -> Page:
    return browser.new_context(viewport={"width": width, "height": height}, locale="nl-NL").new_page()


def _picture(page: Page, name: str) -> None:
    path = IMAGES / f"{name}.png"
    page.screenshot(path=path)
    size = path.stat().st_size
    assert size < AT_MOST_BYTES, f"{path} has {size} bytes"
    print(f"{path} {size // 1000} kB")  # noqa: T201 - told to whoever makes them


if __name__ == "__main__":
    main()
