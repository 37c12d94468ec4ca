"""Words that several services show: each mail that an event can name has its title and its audience."""

from services.notify.domain.message import Template
from shared.events.vocabulary import Audience, mail, mails


def test_every_mail_that_an_event_names_has_a_title_and_an_audience() -> None:
    ours = {template.value for template in Template if template is not Template.OF_ANOTHER_RELEASE}

    assert ours <= mails().keys()
    assert all(words.title == words.title.strip() != "" for words in mails().values())


def test_mail_of_another_release_has_no_words_here() -> None:
    assert mail("of-another-release") is None
    assert (found := mail("partner-activated")) is not None
    assert (found.title, found.audience) == ("Kun je helpen?", Audience.PARTNER)
