"""What notify asks when it mails somebody about going along: what it says, and the calendar file."""

from collections.abc import Mapping
from typing import Final

from services.community.domain.company import Company, CompanyState
from services.community.handlers.company import begins, ends
from services.community.ports import CommunityUnit
from services.community.ports.calendars import CalendarFiles
from services.community.web.words_of_swap import title_of
from shared.events.gathering_letters import (
    CalendarMethod,
    GatheringDetails,
    GatheringLetterAnswer,
    GatheringLetterQuestion,
    GatheringOccasion,
)

# None: whatever became of it since.
OF_COMPANY: Final[Mapping[GatheringOccasion, CompanyState | None]] = {
    GatheringOccasion.COMPANION_ASKED: CompanyState.ASKED,
    GatheringOccasion.COMPANION_WITHDREW: None,
    GatheringOccasion.COMPANION_MISSING: CompanyState.MISSING,
    GatheringOccasion.COMPANY_AGREED: CompanyState.AGREED,
    GatheringOccasion.COMPANY_REMINDER: CompanyState.AGREED,
    GatheringOccasion.COMPANY_CANCELLED: None,
    GatheringOccasion.COMPANY_OVER: CompanyState.AGREED,
}
_METHODS: Final = {
    GatheringOccasion.COMPANY_AGREED: CalendarMethod.REQUEST,
    GatheringOccasion.COMPANION_WITHDREW: CalendarMethod.CANCEL,
    GatheringOccasion.COMPANY_CANCELLED: CalendarMethod.CANCEL,
}


async def company_letter(
    question: GatheringLetterQuestion, files: CalendarFiles, unit: CommunityUnit
) -> GatheringLetterAnswer:
    """What it says; or that it is no longer needed."""
    company = await unit.companies.read(question.about_id)
    wanted = OF_COMPANY[question.occasion]
    if company is None or (wanted is not None and company.state is not wanted):
        return GatheringLetterAnswer(state="no-longer-needed")
    starts_at, ends_at = begins(company, unit), ends(company, unit)
    details = GatheringDetails(
        title=title_of(company, unit.city),
        starts_at=starts_at,
        ends_at=ends_at,
        place=unit.city.district(company.area),
    )
    method = _method(company, question.occasion)
    calendar = files.write_details(
        company.id, details, company.sequence, method, unit.now, reader=question.reader
    ) if method else b""  # fmt: skip
    return GatheringLetterAnswer(state="deliver", gathering=details, calendar_method=method, calendar=calendar.decode())


def _method(company: Company, occasion: GatheringOccasion) -> CalendarMethod | None:
    """Nothing for what never stood in a calendar."""
    return _METHODS.get(occasion) if company.sequence else None
