"""How often one school's system may ask the API: far more than a busy day needs, and less than a runaway loop does."""

import asyncio
from dataclasses import dataclass
from typing import Final

from shared.access.system_tokens import CallingSystem
from shared.web.rate_limit import RateLimiter, TooManyRequests

WINDOW_SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class ApiLimit:
    """Counts by key and by the ambassador that it speaks for, in each service apart.

    A token counts as the key for which it was given: more tokens are not more requests.
    """

    limiter: RateLimiter
    service: str
    per_key: int
    per_person: int

    async def count(self, system: CallingSystem) -> None:
        """One request more. Raises TooManyRequests, which tells the limit and when to come back."""
        await asyncio.gather(
            self._count("key", str(system.key_id), self.per_key),
            self._count("person", str(system.person_id), self.per_person),
        )

    async def _count(self, name: str, who: str, most: int) -> None:
        try:
            await self.limiter.hit(f"api-{name}-of-{self.service}", who, f"{most}/{WINDOW_SECONDS} seconds")
        except TooManyRequests as refused:
            # draft-ietf-httpapi-ratelimit-headers: the quota by its name, and what is left of it.
            refused.headers["RateLimit-Policy"] = f'"{name}";q={most};w={WINDOW_SECONDS}'
            refused.headers["RateLimit"] = f'"{name}";r=0;t={refused.retry_after}'
            raise
