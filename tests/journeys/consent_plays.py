"""What an ambassador fills in of a family: how to reach it, its consent, and what partners may read."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

# With whom somebody stops is played where partners hear of it.
FORMS: Final = ("POST /aanvragen/{case_id}/toestemming/stoppen",)


async def tell_of_family(on_case: Callable[[str, dict[str, str]], Awaitable[Any]]) -> None:
    """One form after the other."""
    by = {"consent.givenBy": "guardian", "consent.givenOn": "vandaag"}
    await on_case("/contact", {"preferredName": "Yaar"})
    await on_case("/verbeteren", {"story": "Wij willen graag samen naar buiten."})
    await on_case("/toestemming", by)
    allowed = {"answers.elke": "yes", "fieldSets.elke": "reach", "consent.how": "spoken"}
    await on_case("/toestemming/partners", {**by, **allowed})
