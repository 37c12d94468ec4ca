"""Mails about an early signal go with the case that it became."""

from tests.unit.notify import builders
from tests.unit.notify.twin import Notify


async def test_mails_about_the_early_signal_that_became_the_case_go_with_it(notify: Notify) -> None:
    await notify.given(builders.signal_question())
    assert notify.messages()
    await notify.given(builders.case_erased().model_copy(update={"signals": (builders.SIGNAL,)}))
    assert notify.messages() == []
