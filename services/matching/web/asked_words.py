"""Words that stand in the address of a page: what somebody looks for there."""

from typing import Annotated, Final

from fastapi import Query

from services.matching.web.referral_pages import SEARCHED

MOST_LETTERS: Final = 200
Words = Annotated[str, Query(max_length=MOST_LETTERS)]
SearchedWords = Annotated[str | None, Query(alias=SEARCHED, max_length=MOST_LETTERS)]
"""Another partner that is looked for from a question; None: nobody looks yet."""
