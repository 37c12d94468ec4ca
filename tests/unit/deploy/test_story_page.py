"""A page as a person without JavaScript meets it."""

import pytest

from deploy.demo.stories.page import Page, PageDiffers

HTML = """
<title>not read</title><style>p { color: red }</style>
<h1>Kun je <em>helpen</em>?</h1> <a href="/kaart/3">De <b>kaart</b></a>
<form method="post" action="/antwoord/abc">
  <input type="hidden" name="token" value="t&amp;1">
  <input type="radio" name="contact" value="kim"> <input type="radio" name="contact" value="lou">
  <input type="checkbox" name="ook" value="ja" checked> <input type="text" name="gone" value="x" disabled>
  <select name="wijk"><option value="">Kies</option><option value="noord" selected>Noord</option></select>
  <select name="taal"><option value="nl">Nederlands</option><option value="ar">Arabisch</option></select>
  <textarea name="uitleg">\nEen verhaal</textarea>
  <button name="choice" value="accept">Ja</button>
</form>
<form method="post" action="/antwoord/abc"><button name="choice" value="decline">Nee</button></form>
"""


def test_page_gives_words_links_and_what_a_browser_would_send() -> None:
    page = Page.read("http://schakel.test/antwoord/abc", HTML)

    form = page.form_with("contact", "choice")

    assert page.text.startswith("Kun je helpen ?")
    assert "red" not in page.text
    assert page.links == [("http://schakel.test/kaart/3", "De kaart")]
    assert form.action == "http://schakel.test/antwoord/abc"
    assert form.filled({"contact": "lou", "choice": "accept"}) == {
        "token": "t&1", "contact": "lou", "ook": "ja", "wijk": "noord", "taal": "nl", "uitleg": "\nEen verhaal",
        "choice": "accept",
    }  # fmt: skip


def test_nothing_is_chosen_beforehand_when_no_choice_is_marked() -> None:
    form = Page.read("http://schakel.test/", HTML).form_with("contact")

    assert "contact" not in form.filled({})
    assert "choice" not in form.filled({})


@pytest.mark.parametrize("answers", [{"contact": "nobody"}, {"unknown": "x"}, {"gone": "x"}, {"choice": "decline"}])
def test_answer_that_the_form_does_not_offer_is_refused(answers: dict[str, str]) -> None:
    form = Page.read("http://schakel.test/", HTML).form_with("contact")

    with pytest.raises(PageDiffers):
        form.filled(answers)


def test_missing_form_says_what_is_there() -> None:
    page = Page.read("http://schakel.test/", HTML)

    with pytest.raises(PageDiffers, match="wijk"):
        page.form_with("email")
