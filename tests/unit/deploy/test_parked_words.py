"""What the command line says of a wish is what the retry will do."""

import pytest

from deploy.cli.parked import outcome
from shared.unit_of_work import ParkedState


@pytest.mark.parametrize(
    ("state", "wish", "words"),
    [
        (ParkedState.FAILED, ParkedState.RETRY, "tried again"),
        (ParkedState.GAP, ParkedState.RETRY, "the event before it never came; it will be applied all the same"),
        (ParkedState.GAP, ParkedState.SKIP, "passed over"),
        (ParkedState.BEHIND, ParkedState.RETRY, "waits for an earlier one"),
        (ParkedState.BEHIND, ParkedState.SKIP, "waits for an earlier one"),
    ],
)
def test_operator_reads_what_will_come_of_a_retry_or_a_skip(state: ParkedState, wish: ParkedState, words: str) -> None:
    assert words in outcome(state, wish)
