"""Every code of what the desk does has words, and no other."""

from collections.abc import Mapping
from enum import StrEnum

import pytest

from services.monitoring.domain.referral import ReferralEnd
from services.monitoring.web.desk_words import (
    CHOICE_REASONS,
    DONE,
    END_REASONS,
    ENDS,
    TAKE_OVER_REASONS,
    UNAVAILABLE_REASONS,
    WAIT_REASONS,
)
from services.monitoring.web.endings import RESTS
from shared.events.desk_codes import ChoiceReason, Resolution, TakeOverReason, UnavailableReason, WaitReason
from shared.events.referral_codes import DeclineReason, FailureReason, RestOfNeed, WithdrawReason


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (DONE, Resolution), (TAKE_OVER_REASONS, TakeOverReason), (WAIT_REASONS, WaitReason),
        (CHOICE_REASONS, ChoiceReason), (UNAVAILABLE_REASONS, UnavailableReason), (ENDS, ReferralEnd),
        (RESTS, RestOfNeed), (END_REASONS[ReferralEnd.DECLINED], DeclineReason),
        (END_REASONS[ReferralEnd.WITHDRAWN], WithdrawReason), (END_REASONS[ReferralEnd.FAILED], FailureReason),
    ],
    ids=lambda one: one.__name__ if isinstance(one, type) else "",
)  # fmt: skip
def test_every_code_has_words_and_no_other(words: Mapping[str, str], codes: type[StrEnum]) -> None:
    assert words.keys() == set(codes)
    assert all(words.values())
