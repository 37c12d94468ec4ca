"""What matching publishes of how long a partner has to answer (the subject is the case)."""

from shared.events.base import Instant
from shared.events.matching import ReferralFact


class AnswerTermRenewed(ReferralFact):
    """The case stood still, and goes on: this partner, which had not answered, has until `answer_by` from now on."""

    answer_by: Instant
