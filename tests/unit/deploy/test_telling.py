"""How a story went is told truthfully, whatever ends it."""

import asyncio

import pytest

from deploy.demo.stories.telling import Chapter, StoryBroken, Telling


def _told(*chapters: Chapter) -> Telling:
    telling = Telling(chapters=list(chapters))
    for chapter in chapters:
        with telling.step(chapter, "a step"):
            pass
    return telling


def test_story_went_well_only_when_it_was_told_to_its_end() -> None:
    telling = _told(Chapter("one"), Chapter("two"))

    assert not telling.went_well
    telling.summary([])
    assert telling.went_well


def test_step_that_fails_breaks_its_story_and_is_named() -> None:
    telling = _told(Chapter("one"))

    with pytest.raises(StoryBroken), telling.step(telling.chapters[0], "the mail"):
        raise LookupError("no mail")
    telling.summary([])

    assert telling.failures == ["one: the mail: LookupError: no mail"]
    assert not telling.went_well


def test_step_that_is_broken_off_from_outside_counts_neither_way() -> None:
    telling = _told(Chapter("one"))

    with pytest.raises(asyncio.CancelledError), telling.step(telling.chapters[0], "the mail"):
        raise asyncio.CancelledError

    assert telling.failures == []
    assert len(telling.chapters[0].steps) == 1


def test_chapter_that_was_never_begun_did_not_go_well() -> None:
    telling = _told(Chapter("one"))
    telling.chapters.append(Chapter("two"))

    telling.summary([])

    assert not telling.went_well
