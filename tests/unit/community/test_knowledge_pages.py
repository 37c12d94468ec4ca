"""The pages of the knowledge base: written, looked at, read, and looked at again."""

from datetime import timedelta

from services.community.web.markdown import as_page
from shared.events.base import Role
from shared.events.http import KnownPerson
from tests.unit.community.knowledge_pages import PAGE, TEXT, a_network, id_of, proposed, published, sent, shown
from tests.unit.community.world import an_id

DESK = Role.COORDINATOR


async def test_text_is_written_looked_at_and_read_by_everybody() -> None:
    community = await a_network()
    assert (await sent(community, f"{PAGE}/nieuw", TEXT | {"title": ""})).status_code == 400
    path = await proposed(community)
    assert "Iemand anders kijkt dit na" in (await shown(community, path, Role.PARTNER)).text
    assert TEXT["title"] in (await shown(community, f"{PAGE}/voorstellen", DESK)).text
    assert TEXT["title"] not in (await shown(community, PAGE)).text
    assert (await shown(community, path)).status_code in {303, 401}
    assert (await sent(community, f"{path}/goedkeuren", {"version": "1"})).status_code in {403, 409}

    desk = (await shown(community, path, DESK)).text
    assert "Kan dit op de site?" in desk
    reply = await sent(community, f"{path}/goedkeuren", {"version": "1"}, DESK)
    article = reply.headers["location"]
    for page in (article, f"{article}/afdrukken", f"{PAGE}?vraag=kind+zonder+fiets", PAGE):
        assert TEXT["title"] in (await shown(community, page)).text, page
    assert "Hier staat nog niets over" in (await shown(community, f"{PAGE}?vraag=xyzzy")).text


async def test_text_comes_back_with_what_has_to_change_and_is_handed_in_again() -> None:
    community = await a_network()
    path = await proposed(community)
    for comment, status in (("", 400), ("Dit is van Noor.", 400), ("Zeg wat het kost.", 303)):
        reply = await sent(community, f"{path}/terug", {"version": "1", "comment": comment}, DESK)
        assert reply.status_code == status, comment
    assert "Zeg wat het kost." in (await shown(community, path, Role.PARTNER)).text
    assert TEXT["body"] in (await shown(community, f"{path}/wijzigen", Role.PARTNER)).text
    assert (await sent(community, f"{path}/wijzigen", TEXT | {"body": ""})).status_code == 400
    assert (await sent(community, f"{path}/wijzigen", TEXT | {"body": "Het kost niets."})).status_code == 303
    assert (await sent(community, f"{path}/indienen")).status_code == 303
    old = await sent(community, f"{path}/goedkeuren", {"version": "1"}, DESK)
    assert old.status_code == 409
    assert "<del>Vraag het fietsenfonds.</del>" in old.text
    assert "<ins>Het kost niets.</ins>" in old.text
    assert (await sent(community, f"{path}/terug", {"version": "1", "comment": "Te kort."}, DESK)).status_code == 409
    assert (await sent(community, f"{path}/goedkeuren", {"version": "x"}, DESK)).status_code == 400


async def test_what_is_hard_to_read_is_shown_before_it_is_handed_in() -> None:
    community = await a_network()
    hard = (
        "Indien een gezin geen fiets heeft dan kunt u eerst bij de gemeente vragen of er een regeling is of een fonds."
    )
    reply = await sent(community, f"{PAGE}/nieuw", TEXT | {"body": hard})
    page = (await shown(community, reply.headers["location"], Role.PARTNER)).text
    assert "Deze zin is lang" in page
    assert "<q>als</q>" in page
    assert "Dien in" in page


async def test_second_writer_is_shown_what_is_in_work_and_joins() -> None:
    community = await a_network()
    article = await published(community)
    first = (await sent(community, f"{article}/voorstel")).headers["location"]
    second = await sent(community, f"{article}/voorstel", role=Role.AMBASSADOR)
    assert second.headers["location"] == first
    assert "Schrijf mee" in (await shown(community, first, Role.AMBASSADOR)).text
    assert (await sent(community, f"{first}/meedoen", role=Role.AMBASSADOR)).status_code == 303
    assert "Schrijf mee" not in (await shown(community, first, Role.AMBASSADOR)).text
    await sent(community, f"{first}/wijzigen", TEXT | {"body": "Bel het fonds."})
    assert "Wat is er anders dan op de site?" in (await shown(community, first, Role.PARTNER)).text


async def test_what_cannot_wait_is_marked_and_somebody_else_looks_at_it() -> None:
    community = await a_network()
    path = await proposed(community)
    assert (await sent(community, f"{path}/meteen", {"version": "1"})).status_code == 403
    assert (await sent(community, f"{path}/meteen", {"version": "7"}, DESK)).status_code == 409
    assert (await sent(community, f"{path}/meteen", {}, DESK)).status_code == 400
    article = (await sent(community, f"{path}/meteen", {"version": "1"}, DESK)).headers["location"]
    assert "Nog niet nagekeken" in (await shown(community, article)).text
    community.moves_to(community.now + timedelta(days=8))
    assert "te laat" in (await shown(community, f"{PAGE}/voorstellen", DESK)).text
    assert (await sent(community, f"{path}/nagekeken", role=DESK)).status_code == 409
    assert (await sent(community, f"{path}/nagekeken", role=DESK, whose=an_id("colleague"))).status_code == 303
    assert "Nog niet nagekeken" not in (await shown(community, article)).text


async def test_owner_says_that_it_holds_changes_it_or_takes_it_away() -> None:
    community = await a_network()
    article = await published(community)
    await published(community, title="Fietsles voor kinderen")
    community.moves_to(community.now + timedelta(weeks=27))
    article_id = await id_of(community, article)
    before = (await shown(community, article)).text
    owner = (await shown(community, f"{PAGE}/nakijken?keuze=withdraw", Role.PARTNER)).text
    assert owner.count("Klopt nog") == 2
    assert (await shown(community, f"{PAGE}/nakijken/{article_id}", Role.PARTNER)).status_code in {404, 405}
    assert (await shown(community, article)).text == before

    review = f"{PAGE}/nakijken/{article_id}"
    assert (await sent(community, review, {"choice": "holds"}, Role.AMBASSADOR)).status_code == 403
    assert (await sent(community, review, {"choice": "perhaps"})).headers["location"] == f"{PAGE}/nakijken"
    assert (await sent(community, review, {"choice": "holds"})).status_code == 303
    assert (await shown(community, f"{PAGE}/nakijken", Role.PARTNER)).text.count("Klopt nog") == 1
    for _ in range(2):
        assert "/voorstellen/" in (await sent(community, review, {"choice": "change"})).headers["location"]


async def test_withdrawn_article_is_gone_and_says_what_to_read() -> None:
    community = await a_network()
    article, other = await published(community), await published(community, title="Fietsles voor kinderen")
    review = f"{PAGE}/nakijken/{await id_of(community, article)}"
    away = (await sent(community, review, {"choice": "withdraw"})).headers["location"]
    assert "Fietsles" in (await shown(community, away, Role.PARTNER)).text
    assert (await sent(community, away, {"reason": ""})).status_code == 400
    pointer = str(await id_of(community, other))
    assert (await sent(community, away, {"reason": "Het fonds stopt.", "pointer": pointer})).status_code == 303
    gone = await shown(community, article)
    assert gone.status_code == 410
    assert "Het fonds stopt." in gone.text
    assert f'href="{other}"' in gone.text
    assert (await shown(community, f"{article}/afdrukken")).status_code == 303
    assert (await sent(community, f"{article}/mening", {"helpful": "true"}, None)).status_code == 303
    assert (await sent(community, f"{article}/voorstel")).status_code == 404


async def test_old_address_leads_to_the_new_one() -> None:
    community = await a_network()
    article = await published(community)
    path = (await sent(community, f"{article}/voorstel")).headers["location"]
    await sent(community, f"{path}/wijzigen", TEXT | {"title": "Een tweedehands fiets"})
    await sent(community, f"{path}/indienen")
    await sent(community, f"{path}/goedkeuren", {"version": "2"}, DESK)
    moved = await shown(community, article)
    assert (moved.status_code, moved.headers["location"]) == (301, f"{PAGE}/een-tweedehands-fiets")


async def test_reader_says_once_whether_it_was_of_use() -> None:
    community = await a_network()
    article = await published(community)
    assert (await sent(community, f"{article}/mening", {}, None)).status_code == 400
    async with community.visitor() as reader:
        for remark, status in (("Bel 0612345678", 400), ("Ik miste het adres.", 303), ("Nog een keer.", 303)):
            reply = await reader.post(f"{article}/mening", data={"helpful": "false", "remark": remark})
            assert reply.status_code == status
        assert "Dank je" in (await reader.get(f"{article}?bedankt=1")).text
    owner = (await shown(community, f"{PAGE}/nakijken", Role.PARTNER)).text
    assert "Had er iets aan: 0. Niets: 1." in owner
    assert "Ik miste het adres." in owner


async def test_desk_says_whose_an_article_is() -> None:
    community = await a_network()
    article = await published(community)
    path = f"{PAGE}/beheer/{await id_of(community, article)}"
    assert "We kunnen nu niet zien" in (await shown(community, path, DESK)).text
    person_id = an_id(Role.PARTNER)
    community.people.people[person_id] = KnownPerson(person_id=person_id, name="Bo Verzonnen")
    assert "Bo Verzonnen" in (await shown(community, f"{path}?van={an_id('desk')}", DESK)).text
    given = {"organisation": str(an_id("desk")), "person": str(an_id("other")), "kind": "aid", "categories": "bike"}
    assert (await sent(community, path, {"kind": "aid"}, DESK)).status_code == 400
    assert (await sent(community, path, given, DESK)).status_code == 303
    assert (await sent(community, path, given)).status_code == 403
    assert "Hulpmiddel om af te drukken" in (await shown(community, article)).text
    community.moves_to(community.now + timedelta(weeks=70))
    assert "niet nagekeken" in (await shown(community, article)).text


def test_markdown_shows_no_html_no_script_and_no_picture() -> None:
    hostile = (
        "<script>alert(1)</script>\n\n[klik](javascript:alert(1)) ![x](https://evil.example/x.png)\n\n# Kop\n\n"
        '[goed](https://goed.example "<b>")\n\n| a | b |\n|---|---|\n| <i>1</i> | 2 |\n\n`code`'
    )
    page = as_page(hostile)
    for never in ("<script", "<img", 'href="javascript', "<i>", "<b>", "<h1"):
        assert never not in page
    assert '<a href="https://goed.example"' in page
    assert "schakel-table-wide" in page
