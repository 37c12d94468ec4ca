"""Readers say whether an article was of use; its owner reads that, of the edition that is read now."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from services.community.domain.article_errors import ArticleNotFound
from services.community.domain.article_feedback import ArticleFeedback
from services.community.handlers.examples import refuse_telltale
from services.community.handlers.knowledge_reading import Readable
from services.community.ports import CommunityUnit
from shared.events.knowledge import ArticleFeedbackGiven


@dataclass(frozen=True, slots=True)
class Summary:
    """What readers said of an edition."""

    helped: int
    did_not: int
    remarks: tuple[str, ...]


async def give_feedback(article_id: UUID, remark: str, unit: CommunityUnit, *, is_helpful: bool) -> None:
    """Of the edition that is read now. Raises TellsWhoItIs or ArticleNotFound."""
    refuse_telltale("remark", remark, [unit.city.name])
    article = await unit.articles.read(article_id)
    if article is None or article.edition_id is None:
        raise ArticleNotFound
    said = ArticleFeedback(unit.ids.new(), article.edition_id, is_helpful, remark, unit.city.day_of(unit.now))
    await unit.article_feedback.save(said)
    fact = ArticleFeedbackGiven(
        subject=article.id, occurred_at=unit.now, edition_id=article.edition_id, is_helpful=is_helpful
    )
    unit.outbox.append(fact)


async def sum_up(readable: list[Readable], unit: CommunityUnit) -> dict[UUID, Summary]:
    """What was said of what is read now, by article."""
    said = await unit.article_feedback.list_of([one.edition.id for one in readable])
    return {one.article.id: _summary([each for each in said if each.edition_id == one.edition.id]) for one in readable}


async def forget_feedback(unit: CommunityUnit) -> None:
    """What was said longer ago than the city keeps it goes."""
    weeks = timedelta(weeks=unit.city.gatherings.kept_weeks)
    await unit.article_feedback.forget_before(unit.city.day_of(unit.now - weeks))


def _summary(said: list[ArticleFeedback]) -> Summary:
    helped = sum(one.is_helpful for one in said)
    return Summary(helped, len(said) - helped, tuple(one.missed for one in said if one.missed))
