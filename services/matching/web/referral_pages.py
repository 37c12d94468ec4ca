"""The two pages of a referral: the partner's, and that of the ambassador and the desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import Request, Response

from services.matching.domain.ranking import Offer
from services.matching.handlers.referral_views import ReferralView
from services.matching.web import words
from services.matching.web.actions import Action, Actions, Result
from services.matching.web.dependencies import Dependencies
from services.matching.web.family_actions import FAMILY_ACTIONS
from services.matching.web.forms import with_example_of
from services.matching.web.partner_actions import PARTNER_ACTIONS
from services.matching.web.referral_forms import SOMEBODY_ELSE
from shared.events.vocabulary import Audience
from shared.web.forms import Form, empty_form
from shared.web.reach import Reach

# The button that was pressed, in the address of the page that says so; and the words to look for on the map.
DONE, SEARCHED = "gedaan", "zoek"


@dataclass(frozen=True, slots=True)
class Told:
    """Where a button goes; `reader` is the audience that the page calls "jou"."""

    to: Reach
    reader: Audience | None


def _told(action: Action[Any], reader: Audience) -> Told:
    """Where the next partner may get a mail, the partner that reads this is another one."""
    is_another = reader is Audience.PARTNER and "partner-activated" in action.reach.perhaps
    return Told(action.reach, None if is_another else reader)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page of a referral is made of."""

    view: ReferralView
    path: str
    """Where its forms go."""
    result: Result
    alternatives: Sequence[Offer] | None = None
    """What was found on the map; None: nobody looked yet."""
    may_report: bool = True
    signed_in: bool = False


def partner_page(request: Request, dependencies: Dependencies, shown: Shown) -> Response:
    """What is asked, and every answer to it; or how the help goes."""
    people = [(str(person.id), person.name) for person in shown.view.colleagues]
    return _page(
        request,
        dependencies,
        "answer.html",
        PARTNER_ACTIONS,
        Audience.PARTNER,
        shown,
        somebody_else=SOMEBODY_ELSE,
        contacts=[*people, (SOMEBODY_ELSE, "Een ander dan ik, die hieronder staat")],
        searched=request.query_params.get(SEARCHED, ""),
    )


def family_page(request: Request, dependencies: Dependencies, shown: Shown) -> Response:
    """Who helps, how far it is, and what the ambassador can say to it."""
    return _page(request, dependencies, "referral.html", FAMILY_ACTIONS, Audience.AMBASSADOR, shown)


def _page(
    request: Request,
    dependencies: Dependencies,
    template: str,
    actions: Actions,
    reader: Audience,
    shown: Shown,
    **more: Any,  # noqa: ANN401
) -> Response:
    result, today = shown.result, dependencies.city.day_of(shown.view.now)
    wrong, refusal = result.wrong, result.refusal
    forms: dict[str, Form[Any]] = {choice: empty_form(action.form) for choice, action in actions.items()}
    done = actions.get(request.query_params.get(DONE, ""))
    return dependencies.templates.page(
        request,
        template,
        refusal.status if refusal else HTTPStatus.BAD_REQUEST if wrong else HTTPStatus.OK,
        view=shown.view,
        shown=shown,
        path=shown.path,
        today=today,
        forms=forms | ({wrong.choice: wrong.form} if wrong else {}),
        wrong=with_example_of(today, wrong.form if wrong else None),
        refusal=refusal,
        done=done.done if done and result.is_done else None,
        reach={choice: _told(action, reader) for choice, action in actions.items()},
        words=words,
        **more,
    )
