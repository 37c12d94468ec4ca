"""The list of referrals on PostgreSQL: one query for a page with its total."""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Label, Select, and_, case, false, func, or_, select

from services.matching.domain.case import SHUT_TO_PARTNERS, CaseState, NeedState
from services.matching.domain.referral_list import (
    Attention,
    Order,
    ReferralLine,
    ReferralPage,
    ReferralQuery,
    WaitsForReader,
    Words,
)
from services.matching.domain.referral_state import ACTIVE, ReferralState
from services.matching.store.rows import referral_of
from services.matching.store.tables import CASES, NEEDS, ORGANISATIONS, REFERRALS

_PARTNERS, _SCHOOLS = ORGANISATIONS.alias("partners"), ORGANISATIONS.alias("schools")
_NEWEST = REFERRALS.c.id.desc()


def page_of(query: ReferralQuery) -> Select[Any]:
    """The referrals of one page, each with its partner, its school, what it asks of the reader, and the total.

    Which ones they are is found on narrow rows first: only those of the page are read whole.
    """
    attention = _attention(query.waits).label("attention")
    total: Label[int] = func.count().over().label("total")
    order, offset = _order(query.order, attention), (query.page - 1) * query.per_page
    place = func.row_number().over(order_by=order).label("place")
    found = select(REFERRALS.c.id, attention, total, place).select_from(_joined(query)).where(*_wanted(query))
    page = found.order_by(place).limit(query.per_page).offset(offset).cte("page")
    names = (_PARTNERS.c.name.label("of_partner"), _SCHOOLS.c.name.label("asked_by"))
    whole = (
        page.join(REFERRALS, REFERRALS.c.id == page.c.id)
        .join(CASES, CASES.c.id == REFERRALS.c.case_id)
        .outerjoin(_PARTNERS, _PARTNERS.c.id == REFERRALS.c.organisation_id)
        .outerjoin(_SCHOOLS, _SCHOOLS.c.id == CASES.c.organisation_id)
    )
    return select(REFERRALS, *names, page.c.attention, page.c.total).select_from(whole).order_by(page.c.place)


def _joined(query: ReferralQuery) -> FromClause:
    """The tables that the question looks at."""
    joined: FromClause = REFERRALS
    if query.school_id is not None:
        joined = joined.join(CASES, CASES.c.id == REFERRALS.c.case_id)
    if query.waits.decides:
        joined = joined.outerjoin(NEEDS, NEEDS.c.id == REFERRALS.c.need_id)
    return joined


def read_page(rows: list[Any]) -> ReferralPage:
    """What that query found."""
    lines = tuple(
        ReferralLine(referral_of(row), row.of_partner or "", row.asked_by or "", Attention(row.attention))
        for row in rows
    )
    return ReferralPage(lines, rows[0].total if rows else 0)


def _wanted(query: ReferralQuery) -> list[ColumnElement[bool]]:
    columns = REFERRALS.c
    # There are few of these, and an index of them alone.
    unseen = SHUT_TO_PARTNERS if query.partner_id is not None else {CaseState.ON_HOLD}
    standing_still = select(CASES.c.id).where(CASES.c.state.in_(sorted(unseen)))
    found: list[ColumnElement[bool]] = [columns.case_id.not_in(standing_still)]
    if query.school_id is not None:
        found.append(CASES.c.organisation_id == query.school_id)
    if query.partner_id is not None:
        found.append(columns.organisation_id == query.partner_id)
    if query.case_id is not None:
        found.append(columns.case_id == query.case_id)
    if query.states:
        found.append(columns.state.in_(sorted(query.states)))
    if query.only_waiting:
        found.append(_attention(query.waits) < Attention.NONE)
    if query.category:
        found.append(and_(columns.category == query.category, _may_be_known(query)))
    if query.words is not None:
        found.append(_says(query.words, query))
    return found


def _says(words: Words, query: ReferralQuery) -> ColumnElement[bool]:
    columns = REFERRALS.c
    found: list[ColumnElement[bool]] = []
    if words.code:
        found.append(columns.number.startswith(words.code, autoescape=True))
        # A partner knows no case, and cannot ask which of its questions are of one.
        if query.partner_id is None:
            found.append(columns.case_code.startswith(words.code, autoescape=True))
    if words.name:
        named = select(ORGANISATIONS.c.id).where(ORGANISATIONS.c.name.icontains(words.name, autoescape=True))
        found.append(columns.organisation_id.in_(named))
    if words.categories:
        found.append(and_(columns.category.in_(sorted(words.categories)), _may_be_known(query)))
    return or_(false(), *found)


def _may_be_known(query: ReferralQuery) -> ColumnElement[bool]:
    """A partner is not told any more what a child needed when that is over, by a filter neither."""
    return REFERRALS.c.state.in_(sorted(ACTIVE)) if query.partner_id is not None else REFERRALS.c.id.is_not(None)


def _attention(waits: WaitsForReader) -> ColumnElement[int]:
    columns = REFERRALS.c
    theirs = columns.ambassador_id == waits.ambassador_id if waits.ambassador_id else columns.id.is_not(None)
    decides = and_(columns.state == ReferralState.FAILED, NEEDS.c.state == NeedState.FAMILY_DECIDES)
    told = and_(columns.state == ReferralState.ACCEPTED, columns.met_said_by == waits.told_by)
    waiting = or_(columns.state.in_(sorted(waits.states)), told if waits.told_by else false())
    cases = [(and_(theirs, decides), int(Attention.FAMILY_DECIDES))] if waits.decides else []
    return case(*cases, (and_(theirs, waiting), int(Attention.WAITS)), else_=int(Attention.NONE))


def _order(order: Order, attention: Label[int]) -> tuple[ColumnElement[Any], ...]:
    if order is Order.WAITING:
        return attention, _NEWEST
    if order is Order.ANSWER_BY:
        unanswered = case((REFERRALS.c.state == ReferralState.ACTIVATED, 0), else_=1)
        return unanswered, REFERRALS.c.answer_by, REFERRALS.c.id
    return (_NEWEST,) if order is Order.NEWEST else (REFERRALS.c.id,)
