"""While nobody answers by mail: no link opens what was answered so."""

from services.community.ports.replies import ReplyDraft


class NoReplies:
    """Nothing waits."""

    async def find(self, token: str) -> ReplyDraft | None:  # noqa: ARG002 - as the port says
        return None

    async def settle(self, token: str) -> None:
        """There was nothing."""
