"""What matching publishes of deleting what a partner wrote down about a family (the subject is the case)."""

from uuid import UUID

from shared.events.matching import ReferralFact
from shared.events.referral_codes import WithdrawReason


class DeletionRequested(ReferralFact):
    """The family stopped: whoever knows of the question deletes what was written down, and says when that is done.

    `was_helping`: the partner had said yes, and stops now. `has_helped`: its help was over already, and stays so.
    """

    reason: WithdrawReason
    was_helping: bool
    has_helped: bool


class PartnerConfirmedDeletion(ReferralFact):
    """The partner says that it deleted what it wrote down, but for what the law makes it keep."""

    confirmed_by: UUID
