"""The page of one text in work: all of it, what is hard to read in it, and what this person can do with it."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from fastapi import Request, Response

from services.community.domain.article import Article
from services.community.domain.article_errors import EditionChanged
from services.community.domain.edition import Edition, EditionState, differences
from services.community.domain.plain_language import read_level
from services.community.handlers.knowledge import find_edition
from services.community.ports import CommunityUnit
from services.community.web import reaches_of_knowledge as reaches
from services.community.web.dependencies import Dependencies, may_organise
from services.community.web.knowledge_forms import SendBackForm
from services.community.web.knowledge_words import STATES
from services.community.web.markdown import as_page
from shared.access.sessions import Session
from shared.privacy.telltale import unknown_words
from shared.web.forms import Form, typed_or_empty


@dataclass(frozen=True, slots=True)
class EditionPage:
    """For this person, in this transaction."""

    request: Request
    dependencies: Dependencies
    session: Session
    unit: CommunityUnit
    edition_id: UUID

    async def show(self, typed: Form[Any] | None = None) -> Response:
        """With what was typed, if that was wrong."""
        status = HTTPStatus.OK if typed is None else HTTPStatus.BAD_REQUEST
        return await self._page(status, typed)

    async def show_change(self, read: int, refusal: EditionChanged) -> Response:
        """It changed since this version was read: how."""
        _, edition = await find_edition(self.edition_id, self.unit)
        return await self._page(HTTPStatus.CONFLICT, None, changed=refusal.message, since=edition.since(read))

    async def _page(self, status: int, typed: Form[Any] | None, **more: Any) -> Response:  # noqa: ANN401
        article, edition = await find_edition(self.edition_id, self.unit)
        live = await self.unit.editions.read(article.edition_id) if article.edition_id else None
        text = f"{edition.words.title}.\n{edition.words.body}"
        return self.dependencies.templates.page(
            self.request,
            "knowledge_edition.html",
            status,
            edition=edition,
            text=as_page(edition.words.body),
            state=STATES[edition.state],
            hard=read_level(text),
            doubtful=unknown_words(text, [self.unit.city.name]),
            against=differences(live.words, edition.words) if live and edition.is_in_work else (),
            send_back=typed_or_empty(typed, SendBackForm),
            wrong=typed,
            reaches=reaches,
            **self._may(article, edition),
            **{"changed": "", "since": (), **more},
        )

    def _may(self, article: Article, edition: Edition) -> dict[str, bool]:
        person_id, at_the_desk = self.session.person_id, may_organise(self.session)
        is_author = person_id in edition.author_ids
        judges = (at_the_desk or article.is_of(person_id)) and not is_author
        return {
            "is_author": is_author,
            "may_judge": judges and edition.state is EditionState.SUBMITTED,
            "may_check": judges and edition.is_unchecked and person_id != edition.published_by,
            "may_organise": at_the_desk,
        }
