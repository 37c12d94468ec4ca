"""The family's own way in: a link and a code that the ambassador gives in person."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

# On a phone that several people use, what is open must not stay open.
VISIT_LASTS: Final = timedelta(minutes=30)
# Longer than that of a mail: it opens everything that is known of a family, for a year.
CODE_LENGTH: Final = 12
# As what the audit log knows it.
FAMILY_ROLE: Final = "family"


@dataclass(frozen=True, slots=True)
class FamilyAccess:
    """Of this case; its secret is stored nowhere, only a digest of it. `made_by`: who gave it to the family."""

    id: UUID
    case_id: UUID
    made_by: UUID
    made_at: datetime
    expires_at: datetime
