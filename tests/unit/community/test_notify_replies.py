"""What community asks notify of what somebody answered by mail: from the mail that came in to its page."""

import httpx
import pytest

from services.community.adapters.notify_replies import NotifyReplies, RepliesAway
from services.community.ports.replies import ReplyDraft, ReplyDrafts
from shared.access.service_tokens import ServiceTokens
from shared.kernel.clock import Clock
from tests.parts.keys import ring
from tests.unit.notify.app import app_of
from tests.unit.notify.letters import REPLIES
from tests.unit.notify.receiving import ABOUT, ASKED, WORDS, Replies, a_mail


def asking(clock: Clock, transport: httpx.AsyncBaseTransport) -> ReplyDrafts:
    """Community's adapter in front of this."""
    tokens = ServiceTokens(ring("community"), "community", clock)
    return NotifyReplies(httpx.AsyncClient(transport=transport), "http://notify", tokens)


async def test_writer_of_a_mail_finds_what_it_said_until_it_is_settled() -> None:
    replies = Replies()
    await replies.ask()
    await replies.comes(a_mail())
    (draft,) = replies.drafts()
    token = REPLIES.draft_token(draft.id)
    notify = asking(replies.notify.clock, httpx.ASGITransport(app=app_of(replies.notify)))

    assert await notify.find(token) == ReplyDraft(ABOUT, ASKED, WORDS)
    await notify.settle(token)
    await notify.settle(token)
    assert await notify.find(token) is None
    assert replies.drafts() == []


@pytest.mark.parametrize("token", ["", "geen", "a" * 101, "a" * 45, REPLIES.address_for(ABOUT).split("+")[1][:45]])
async def test_what_is_no_token_of_a_draft_opens_nothing(token: str) -> None:
    replies = Replies()
    notify = asking(replies.notify.clock, httpx.ASGITransport(app=app_of(replies.notify)))
    assert await notify.find(token) is None
    await notify.settle(token)


@pytest.mark.parametrize("reply", [httpx.Response(503), httpx.Response(401), httpx.Response(200, content=b"<html>")])
async def test_answer_that_is_none_says_to_come_back(reply: httpx.Response) -> None:
    async def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(reply.status_code, content=reply.content, request=request)

    with pytest.raises(RepliesAway):
        await asking(Replies().notify.clock, httpx.MockTransport(answer)).find("token")


async def test_notify_that_is_away_says_to_come_back() -> None:
    async def away(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("away", request=request)

    with pytest.raises(RepliesAway):
        await asking(Replies().notify.clock, httpx.MockTransport(away)).settle("token")
