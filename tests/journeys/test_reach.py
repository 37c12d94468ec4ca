"""Every form reaches whom it says that it reaches: it is sent, and the mails that follow are those that it declares.

With the journeys of the network and of the desk it plays every form that is declared.
"""

import asyncio
from string import ascii_uppercase

import pytest

from deploy.demo.stories.child import Child
from deploy.demo.stories.people import Person
from deploy.demo.stories.telling import Telling
from deploy.demo.stories.world import Mail
from tests.journeys import consent_plays
from tests.journeys.by_pages import (
    Partners,
    day,
    empty_row,
    fill_in_request,
    form_to,
    leads_to_what_is_gone,
    two_browsers,
)  # fmt: skip
from tests.journeys.desk_plays import looks_a_mail_up, solve_together, work_on_points
from tests.journeys.desk_views import desk_keeps_a_view
from tests.journeys.family_play import family_reads_its_page, family_stops_all, family_tells_how_it_was
from tests.journeys.follow_up_plays import asks_for_a_sibling, is_helped, on_the_board, the_words_come_once_more
from tests.journeys.forms_elsewhere import ELSEWHERE
from tests.journeys.ledger import declared
from tests.journeys.reach_stage import ANSWER, CASE, Stage
from tests.journeys.words_play import keeps_everyday_words
from tests.parts.city import a_city
from tests.parts.stories import AMINA, STORIES

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(600)]
# What the other journeys send, as each holds; and nobody reads so much here that somebody must look into it.
ANSWERS = ("going-well", "not-well", "new-question", "call-me", "do-not-know", "left-school")
NOBODY, OFFICER = STORIES.nobody_can, "willemijn@basisschool-de-zevensprong.example"
BIKE, SWIMMING, NOBODY_CAN = (a_city().categories.words(one) for one in ("bike", "swimming-lessons", NOBODY.category))
FOLLOW_UP, OWN_FOLLOW_UP = "POST /vervolg/{token}", "POST /vervolg/vraag/{follow_up_id}"


async def request_is_made(stage: Stage) -> None:
    """Asked for, seen, given back; a visit and what is agreed; and what goes first."""
    review = await fill_in_request(stage.ambassador, stage.world, [("bike", "soon")])
    sending = stage.ambassador.send(form_to(review, "/verstuur"), {})
    page = await stage.ledger.sees("POST /aanvragen/nieuw/{draft_id}/verstuur", sending)
    stage.case = page.url.partition("?")[0]
    code = page.text.partition("Dossier ")[2].split()[0]
    stage.partners = Partners(stage.world, code)
    seen = form_to(await stage.desk.open(stage.case), "/gezien")
    await stage.ledger.sees(f"{CASE}/gezien", stage.desk.send(seen, {}))
    await stage.on_case("/begin", {}, at="")
    closed = form_to(await stage.desk.open(stage.case), "/openen")
    await stage.ledger.sees(f"{CASE}/openen", stage.desk.send(closed, {"reason": "something-wrong"}))
    back = form_to(await stage.desk.open(f"{stage.case}/teruggeven"), "/teruggeven")
    await stage.ledger.sees(f"{CASE}/teruggeven", stage.desk.send(back, {"missing": "for-whom"}))
    await consent_plays.tell_of_family(stage.on_case)
    await stage.on_case("/huisbezoek", {"plannedFor": day(stage.world), "startsAt": "14:30"})
    await stage.on_case("/huisbezoek/geweest", {"tookPlace": "true"}, at="")
    await stage.on_case("/hoe-gaat-het", {"rhythm": "monthly"})


async def what_goes_first_is_asked(stage: Stage) -> None:
    """A question, a later day, another partner, and the whole way of help that did not help."""
    await stage.on_case("/nu-vragen", {"familyKnows": "true"}, at="")
    first = await stage.asked(BIKE)
    await stage.partner(first, "ask", {"question": "Hoe lang is het kind?"})
    await stage.family(BIKE, "answer", {"answer": "Een meter veertig"})
    await stage.partner(first, "later", {"from_day": day(stage.world, 10)})
    await stage.family(BIKE, "another")
    second = await stage.asked(BIKE)
    for choice in ("accept", "revert", "accept"):
        await stage.partner(second, choice)
    when = {"planned_on": day(stage.world, 1), "planned_time": "15:00"}
    await stage.partner(second, "plan", when)
    await stage.family(BIKE, "plan", {**when, "planned_time": "16:00"})
    await stage.partner(second, "handover", {"when": "today"})
    await stage.family(BIKE, "handover", {"when": "today", "family_agrees": "true"})
    for choice in ("start", "deliver"):
        await stage.partner(second, choice, {"when": "today"})
    await family_tells_how_it_was(stage)
    await stage.family(BIKE, "outcome", {"outcome": "not-helped"})


async def inventory_is_made(stage: Stage) -> None:
    """The talk with the family: swimming lessons as well."""
    begun = await stage.ambassador.open(f"{stage.case}/inventarisatie")
    row = empty_row(begun)
    found = {
        "discussedOn": "vandaag",
        f"needs.{row}.category": "swimming-lessons",
        f"needs.{row}.urgency": "normal",
        "go": "send",
    }
    sending = stage.ambassador.send(begun.form_with("discussedOn"), found)
    await stage.ledger.sees(f"{CASE}/inventarisatie", sending)


async def nobody_stays(stage: Stage) -> None:
    """A better one, and twice a help that begins cold and stops."""
    assert stage.partners
    first = await stage.asked(SWIMMING)
    await stage.ledger.sees(f"{ANSWER} redirect", stage.partners.names_a_better_one(first, "zwem"))
    second = await stage.asked(SWIMMING)
    await stage.partner(second, "accept")
    await stage.partner(second, "cold", {"cold_reason": "family-wish", "when": "today"})
    await stage.partner(second, "fail", {"failure": "partner-stopped"})
    await stage.family(SWIMMING, "further")
    third = await stage.asked(SWIMMING)
    await stage.partner(third, "accept")
    await stage.family(SWIMMING, "cold", {"cold_reason": "only-goods", "when": "today"})
    await stage.partner(third, "fail", {"failure": "other"})
    await stage.family(SWIMMING, "enough")


async def all_say_no_and_the_last_thinks_again(stage: Stage) -> None:
    """A no can be taken back while nobody else is asked."""
    assert stage.partners
    while True:
        mail = await stage.asked(NOBODY_CAN)
        await stage.partner(mail, "decline", {"reason": "no-capacity"})
        forms = (await stage.partners.page(mail)).forms
        if any("revert-decline" in form.choices.get("choice", ()) for form in forms):
            await stage.partner(mail, "revert-decline")
            return


async def case_rests_and_ends(stage: Stage) -> None:
    """A rest, a worry about safety, a new question, closed, opened again, withdrawn, and erased."""
    await stage.on_case("/rust", {"until": day(stage.world, 7), "wishedBy": "family"})
    await stage.on_case("/rust/voorbij", {}, at="/rust")
    await stage.on_case("/veiligheid", {})
    async with Person(stage.world) as officer:
        await officer.sign_in(OFFICER)
        lifting = form_to(await officer.open("/aanvragen/veiligheid"), "/veiligheid/verder")
        await stage.ledger.sees(f"{CASE}/veiligheid/verder", officer.send(lifting, {}))
    page = await stage.ambassador.open(f"{stage.case}/nieuwe-vraag")
    row = empty_row(page)
    new = {f"needs.{row}.category": NOBODY.category, f"needs.{row}.urgency": "normal"}
    sending = stage.ambassador.send(page.form_with("discussedOn"), {"discussedOn": "vandaag", **new, "go": "send"})
    await stage.ledger.sees(f"{CASE}/nieuwe-vraag", sending)
    await all_say_no_and_the_last_thinks_again(stage)
    closing = form_to(await stage.ambassador.open(f"{stage.case}/afsluiten"), "/afsluiten")
    results = {name: "met" for name in closing.names if name.startswith("results.")}
    closed = stage.ambassador.send(closing, {**results, "reason": "family-continues-alone"})
    await stage.ledger.sees(f"{CASE}/afsluiten", closed)
    await stage.on_case("/heropenen", {}, at="")
    await stage.on_case("/intrekken", {})
    erasing = form_to(await stage.ambassador.open(f"{stage.case}/wissen"), "/wissen")
    sending = stage.ambassador.send(erasing, {"reason": "family-asked", "sure": "true"})
    await stage.ledger.sees(f"{CASE}/wissen", leads_to_what_is_gone(sending))


async def professionals_own_things(stage: Stage) -> None:
    """An early signal, and how mails come: nobody is told."""
    raising = (await stage.ambassador.open("/aanvragen/signaal/nieuw")).form_with("worries")
    sent = stage.ambassador.send(raising, {"worries": raising.choices["worries"][0]})
    raised = await stage.ledger.sees("POST /aanvragen/signaal/nieuw", sent)
    ending = form_to(await stage.ambassador.open(f"{raised.url.partition('?')[0]}/klaar"), "/klaar")
    await stage.ledger.sees("POST /aanvragen/signaal/{signal_id}/klaar", stage.ambassador.send(ending, {}))
    await looks_a_mail_up(stage.world, stage.desk, stage.ledger, stage.partners.code if stage.partners else "")
    await keeps_everyday_words(stage.desk, stage.ledger)
    wishes = (await stage.ambassador.open("/berichten/instellingen")).form_with("pace")
    sent = stage.ambassador.send(wishes, {"pace": "at-once", "openings": "links"})
    await stage.ledger.sees("POST /berichten/instellingen", sent)


async def helped_children(stage: Stage, number: int) -> list[Child]:
    """Each is another child: of one name and birth date, each two would be asked about (`zelfde-kind`)."""
    children = [
        Child(stage.world, Telling(), AMINA.model_copy(update={"first_name": f"Amina {letter}"}), f"reach-{letter}")
        for letter in ascii_uppercase[:number]
    ]
    await asyncio.gather(*(is_helped(child) for child in children))
    return children


async def tells_by_mail(stage: Stage, mail: Mail, answer: str) -> None:
    """Without signing in."""
    async with Person(stage.world) as ambassador:
        link = mail.link_to("vervolg")
        said = ambassador.send((await ambassador.open(link)).form_with("answer"), {"answer": answer})
        await stage.ledger.sees(f"{FOLLOW_UP} answer={answer}", said)
        if answer == "call-me":
            await the_words_come_once_more(stage.ledger, ambassador, link, f"{FOLLOW_UP}/woorden")


async def tells_signed_in(stage: Stage, child: Child) -> None:
    """From the list of what is asked."""
    async with Person(stage.world) as ambassador:
        await ambassador.sign_in(child.ambassador)
        page = await ambassador.open("/vervolg")
        own = next(link for link, _ in page.links if "/vervolg/vraag/" in link)
        said = ambassador.send((await ambassador.open(own)).form_with("answer"), {"answer": "going-well"})
        await stage.ledger.sees(OWN_FOLLOW_UP, said)
        await the_words_come_once_more(stage.ledger, ambassador, own, f"{OWN_FOLLOW_UP}/woorden")


async def it_is_told_how_it_goes(stage: Stage) -> None:
    """Each answer about a child of its own, two of whom are unwell; one signed in; and the desk works on its list."""
    said_of = (*ANSWERS, "not-well")
    children = await helped_children(stage, len(said_of) + 1)
    mails = [await child.follow_up_is_asked() for child in children]
    for answer, mail in zip(said_of, mails[1:], strict=True):
        await tells_by_mail(stage, mail, answer)
    stage.ledger.played.add(FOLLOW_UP)
    await tells_signed_in(stage, children[0])
    called, unwell = (on_the_board(children[1 + ANSWERS.index(one)]) for one in ("call-me", "not-well"))
    await work_on_points(stage.ledger, stage.desk, called, day(stage.world, 7))
    await solve_together(stage.ledger, stage.desk, unwell, day(stage.world, 7))
    await desk_keeps_a_view(stage.ledger, stage.desk)
    await asks_for_a_sibling(stage.ledger, children[0])
    await family_stops_all(stage.ledger, children[0])


async def test_each_form_reaches_whom_it_names_and_nobody_else() -> None:
    async with two_browsers() as playing:
        stage = Stage(*playing)
        for part in (
            request_is_made, what_goes_first_is_asked, inventory_is_made, nobody_stays, professionals_own_things,
            family_reads_its_page, case_rests_and_ends, it_is_told_how_it_goes,
        ):  # fmt: skip
            await part(stage)

        assert stage.ledger.differences == []
        assert sorted(set(declared()) - stage.ledger.played) == sorted(ELSEWHERE)
