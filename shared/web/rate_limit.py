"""How often something may be asked: counted on Redis for all processes together, in memory when Redis is away."""

from shared.web.problem import Problem


class TooManyRequests(Problem):
    """Wait a little; `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(
            429,
            "Even wachten",
            f"Dit is te vaak achter elkaar gevraagd. Probeer het over {retry_after} seconden nog eens.",
            code="too-many-requests",
            headers={"Retry-After": str(retry_after)},
        )
        self.retry_after = retry_after


class RateLimiter:
    """Counts per name and key. Keys are hashed before they are stored: no address reaches Redis."""

    def __init__(self, redis_url: str | None = None) -> None:
        self._redis_url = redis_url

    async def hit(self, name: str, key: str, limit: str) -> None:
        """Count one; raises TooManyRequests when it is over `limit` (`"5/10 minutes"`)."""
        raise NotImplementedError

    async def close(self) -> None:
        """Let go of the connections."""
