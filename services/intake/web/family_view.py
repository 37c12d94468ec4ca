"""The children of one family as pages show them: what each needs, and who helps."""

from typing import Any

from services.intake.domain.rules import may_see
from services.intake.handlers.household import show_family
from services.intake.handlers.showing import CaseView, with_names
from services.intake.web.case_page import CasePage
from services.intake.web.timeline_view import need_of
from services.intake.web.words import STATES


async def children_of(page: CasePage) -> list[dict[str, Any]]:
    """Every child of the family of this page; by name for its own ambassador, else by its number."""
    views = await show_family(page.case_id, page.unit, page.viewer)
    return [_child(view, page) for view in await with_names(views, page.unit, page.viewer)]


async def siblings_of(page: CasePage) -> list[dict[str, Any]]:
    """The same without the child whose page this is: its name is read with the rest of it."""
    views = await show_family(page.case_id, page.unit, page.viewer)
    others = [view for view in views if view.case.id != page.case_id]
    return [_child(view, page) for view in await with_names(others, page.unit, page.viewer)]


def _child(view: CaseView, page: CasePage) -> dict[str, Any]:
    city, case = page.unit.city, view.case
    return {
        "id": case.id,
        "code": case.code,
        "called": view.called,
        "state": STATES[case.state],
        "needs": [need_of(each, None, city) for each in view.needs],
        "may_open": may_see(page.viewer, case.opening.organisation_id),
    }
