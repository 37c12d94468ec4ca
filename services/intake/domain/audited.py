"""What the audit log tells besides readings: what was done with a case that changes who knows the family, and why."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Act(StrEnum):
    """What somebody did."""

    FILED = "filed-for-ambassador"
    HANDED_OVER = "handed-over"
    CONSENT_RENEWED = "consent-renewed"


# Readings of one name each, of own families, for a list.
LIST: Final = "case-list"
# The desk was told what somebody read.
TOLD_DESK: Final = "unusual-reading"
# Which fields of the case it changed.
FIELDS: Final[Mapping[Act, tuple[str, ...]]] = {
    Act.FILED: ("ambassador_id",),
    Act.HANDED_OVER: ("ambassador_id", "organisation_id"),
    Act.CONSENT_RENEWED: ("consent_given_by", "consent_given_on", "consent_text_version", "consent_name"),
}
