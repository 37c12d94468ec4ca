"""Words that several services show: of each mail that an event can name its title and its audience."""

from pathlib import Path

from services.notify.domain.mails import MAILS
from shared.events.mail_export import check, export
from shared.events.vocabulary import Audience, PublishedMail, mail, mails


def test_published_mails_are_those_that_notify_declares() -> None:
    assert check(MAILS.values()) == []
    assert {code: (found.title, found.audience) for code, found in mails().items()} == {
        code: (declared.title, declared.audience) for code, declared in MAILS.items()
    }


def test_title_that_changed_is_not_in_step_until_it_is_exported(tmp_path: Path) -> None:
    file = tmp_path / "mails.json"
    assert export(MAILS.values(), file) == ["mails"]
    assert (export(MAILS.values(), file), check(MAILS.values(), file)) == ([], [])
    changed = file.read_text(encoding="utf-8").replace("Kun je helpen?", "Wil je helpen?")
    file.write_text(changed, encoding="utf-8")

    (problem,) = check(MAILS.values(), file)
    assert "schakel schemas export" in str(problem)


def test_mail_of_another_release_has_no_words_here() -> None:
    assert mail("of-another-release") is None
    assert mail("partner-activated") == PublishedMail("Kun je helpen?", Audience.PARTNER)


def test_titles_stand_on_a_line_of_their_own() -> None:
    assert [found.title for found in mails().values() if found.title != found.title.strip() or not found.title] == []
