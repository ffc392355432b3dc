"""Stories at the desk of the team."""

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from portal.kernel.audit import LookEntry
from portal.kernel.clock import FixedClock
from portal.stories.models import Introduction, Story, StoryConsent
from portal.stories.queries import work_items
from portal.stories.vocabulary import IntroductionStatus, StoryStatus
from tests.conftest import WorkAs
from tests.factories.employers import a_sector
from tests.factories.participants import a_participant
from tests.factories.stories import a_story, an_introduction
from tests.stories.conftest import SYSTEM, Cast
from tests.support.browser import Browser
from tests.support.people import sign_in
from tests.support.queries import at_most

TYPED = {
    "kop": "Zorgzame vrouw met medische opleiding",
    "tekst": "Deze persoon had een medisch beroep.\r\n\r\nZij werkt graag met ouderen.",
    "gaat_goed": "- rustig en precies\r\n- goed Nederlands\r\n",
    "aandacht": "kan alleen onder schooltijd",
    "staat_klaar": "gesprek over een opleiding",
    "zoekt": "Een baan van ongeveer 24 uur in de ouderenzorg.",
    "uren": "24",
    "spreken": "B1",
    "schrijven": "B1",
}


@pytest.fixture
def writer(app: Flask, cast: Cast) -> Browser:
    """The colleague who writes, signed in."""
    return sign_in(Browser(app), cast.writer)


@pytest.fixture
def reader(app: Flask, cast: Cast) -> Browser:
    """The colleague who reads and releases, signed in."""
    return sign_in(Browser(app), cast.reader)


def only_story(session: Session) -> Story:
    """The one story there is, as it is now."""
    session.rollback()
    return session.scalars(select(Story)).one()


def test_from_an_empty_form_to_a_released_story(
    writer: Browser, reader: Browser, work_as: WorkAs, session: Session
) -> None:
    with work_as(SYSTEM) as uow:
        sector = a_sector(uow, "ouderenzorg")
        person = a_participant(uow, "Hiwot", last_name="Berhane")
    writer.get("/team/verhalen/nieuw")
    page = writer.submit({**TYPED, "branche": str(sector.id)})
    assert "bewaard als concept" in page.text
    story = only_story(session)
    assert story.goes_well == ["rustig en precies", "goed Nederlands"]

    writer.get(f"/team/verhalen/{story.id}/toestemming?zoek=hiwot")
    page = writer.submit({"deelnemer": str(person.id), "taal": "ti"}, with_field="tekstversie")
    assert "De toestemming is vastgelegd" in page.text
    assert "Hiwot Berhane" in page.text
    writer.submit(action="/insturen")

    assert "Een collega leest het en geeft het vrij" in writer.get(f"/team/verhalen/{story.id}").text
    reader.get(f"/team/verhalen/{story.id}")
    page = reader.submit(action="/vrijgeven")
    assert "Werkgevers kunnen het verhaal nu lezen" in page.text
    assert only_story(session).status is StoryStatus.RELEASED


def test_the_writer_has_no_release_button_and_a_forced_post_is_refused(
    writer: Browser, work_as: WorkAs, cast: Cast, session: Session
) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow, status="review", writer=cast.writer)
    page = writer.get(f"/team/verhalen/{story.id}")
    actions = [form.get("action") or "" for form in page.forms()]
    assert not [action for action in actions if action.endswith("/vrijgeven")]
    token = next(e.get("value") for e in page.tree.iter("input") if e.get("name") == "csrf_token")  # type: ignore[union-attr]
    writer.client.post(f"/team/verhalen/{story.id}/vrijgeven", data={"csrf_token": token})
    assert "U schreef of wijzigde dit verhaal zelf" in writer.get(f"/team/verhalen/{story.id}").text
    assert only_story(session).status is StoryStatus.REVIEW


def test_an_empty_form_says_at_each_field_what_to_do(writer: Browser) -> None:
    writer.get("/team/verhalen/nieuw")
    page = writer.submit({"kop": ""}, status=422)
    assert len(page.errors()) == 10
    assert page.html.count("Vul minstens één regel in") == 6


def test_a_bsn_is_refused_and_what_was_typed_is_kept(writer: Browser, work_as: WorkAs) -> None:
    with work_as(SYSTEM) as uow:
        sector = a_sector(uow, "ouderenzorg")
    writer.get("/team/verhalen/nieuw")
    page = writer.submit({**TYPED, "branche": str(sector.id), "aandacht": "BSN 999910012"}, status=422)
    assert page.errors() == ["Dit lijkt een BSN of V-nummer. Haal het weg; wij hebben het niet nodig."]
    assert "Zij werkt graag met ouderen." in page.html


def test_warnings_show_what_may_tell_who_it_is_but_block_nothing(
    writer: Browser, work_as: WorkAs, cast: Cast, session: Session
) -> None:
    with work_as(SYSTEM) as uow:
        person = a_participant(uow, "Tesfay")
        story = a_story(
            uow, status="draft", participant=person, writer=cast.writer, body="Tesfay is bereikbaar op 06-89002210."
        )
    page = writer.get(f"/team/verhalen/{story.id}")
    assert "Misschien staat er iets in dat vertelt wie het is" in page.text
    assert "Verhaal: de naam van de persoon" in page.text
    assert "Verhaal: een telefoonnummer" in page.text
    writer.submit(action="/insturen")
    assert only_story(session).status is StoryStatus.REVIEW


def test_looking_at_a_story_is_noted_for_the_person_too(
    writer: Browser, work_as: WorkAs, cast: Cast, session: Session
) -> None:
    with work_as(SYSTEM) as uow:
        person = a_participant(uow, "Tesfay")
        story = a_story(uow, participant=person)
    writer.get(f"/team/verhalen/{story.id}")
    looks = {(row.subject_type, row.subject_id) for row in session.scalars(select(LookEntry))}
    assert looks == {("story", story.id), ("participant", person.id)}


def test_a_stale_edit_is_told_and_keeps_the_text(writer: Browser, work_as: WorkAs, cast: Cast) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow, status="draft", writer=cast.writer)
    form = writer.get(f"/team/verhalen/{story.id}/wijzigen")
    writer.submit({"kop": "De eerste wijziging"}, on=form)
    page = writer.submit({"kop": "De tweede wijziging"}, on=form, status=409)
    assert "net veranderd" in page.errors()[0]
    assert "De tweede wijziging" in page.html


def test_a_colleague_gives_a_story_back_with_a_remark(
    reader: Browser, writer: Browser, work_as: WorkAs, cast: Cast
) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow, status="review", writer=cast.writer)
    reader.get(f"/team/verhalen/{story.id}")
    assert reader.submit({"opmerking": ""}, status=422).errors() == ["Schrijf kort wat er anders moet"]
    reader.submit({"opmerking": "Haal de werkgever weg."})
    assert "Haal de werkgever weg." in writer.get(f"/team/verhalen/{story.id}").text


def test_consent_withdrawn_and_restored(writer: Browser, work_as: WorkAs, session: Session) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow)
    writer.get(f"/team/verhalen/{story.id}")
    page = writer.submit(action="/toestemming/intrekken")
    assert "Het verhaal is meteen weg bij werkgevers" in page.text
    page = writer.submit(action="/herstellen")
    assert "weer een concept" in page.text
    assert only_story(session).status is StoryStatus.DRAFT
    assert session.scalars(select(StoryConsent)).one().withdrawn_at is not None


def test_withdraw_and_a_late_second_click(writer: Browser, work_as: WorkAs) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow)
    page = writer.get(f"/team/verhalen/{story.id}")
    writer.submit(action="/intrekken", on=page)
    assert "Dit kan nu niet meer" in writer.submit(action="/intrekken", on=page).text


def test_a_wrong_day_of_consent_is_told_at_the_field(writer: Browser, work_as: WorkAs) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow, status="draft", consent=False)
    writer.get(f"/team/verhalen/{story.id}/toestemming")
    page = writer.submit({"taal": "ar", "geldt_tot-jaar": "2029"}, with_field="tekstversie", status=422)
    assert page.errors() == ["Een toestemming geldt hoogstens 12 maanden. Kies een eerdere dag."]
    page = writer.submit({"taal": "", "gegeven_op-dag": "33"}, with_field="tekstversie", status=422)
    assert len(page.errors()) == 2


def test_the_list_filters_and_searches(writer: Browser, work_as: WorkAs, engine: Engine) -> None:
    with work_as(SYSTEM) as uow:
        a_story(uow, heading="Ervaren slager")
        a_story(uow, status="draft", sector="groen", heading="Wil buiten werken")
    with at_most(6, engine):
        page = writer.get("/team/verhalen")
    assert "Ervaren slager" in page.text
    assert "Ervaren slager" not in writer.get("/team/verhalen?status=draft").text
    assert "Ervaren slager" not in writer.get("/team/verhalen?zoek=groen").text
    assert "Geen verhaal gevonden" in writer.get("/team/verhalen?zoek=zeilmaker").text


def test_an_empty_desk_invites_to_write(writer: Browser) -> None:
    assert "Schrijf het samen met de persoon" in writer.get("/team/verhalen").text
    assert "Nog geen kennismakingen" in writer.get("/team/kennismakingen").text


def test_an_introduction_is_planned_and_then_called_off(
    writer: Browser, work_as: WorkAs, cast: Cast, session: Session, engine: Engine
) -> None:
    with work_as(SYSTEM) as uow:
        introduction = an_introduction(
            uow, a_story(uow), cast.employer, user=cast.owner, message="Werk in de snijderij"
        )
    assert "Slagerij De Hakbijl" in writer.get("/team/kennismakingen").text
    with at_most(5, engine):
        page = writer.get(f"/team/kennismakingen/{introduction.id}")
    assert "Vertel het eerst zelf aan de deelnemer" in page.text
    assert "Werk in de snijderij" in page.text
    assert writer.submit({"afspraak": ""}, status=422).errors() == ["Schrijf waar en wanneer de kennismaking is"]
    writer.submit({"afspraak": "Dinsdag, 10.00 uur, bij ons."})
    assert session.get_one(Introduction, introduction.id).status is IntroductionStatus.PLANNED
    session.rollback()
    writer.submit({"uitleg": "De persoon heeft werk gevonden."})
    assert session.get_one(Introduction, introduction.id).status is IntroductionStatus.DECLINED


def test_unknown_things_are_not_found(writer: Browser) -> None:
    for path in ("/team/verhalen/987", "/team/verhalen/987/toestemming", "/team/kennismakingen/987"):
        writer.get(path, status=404)


def test_an_employer_has_no_desk(app: Flask, cast: Cast, work_as: WorkAs) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow)
    browser = sign_in(Browser(app), cast.owner)
    for path in ("/team/verhalen", f"/team/verhalen/{story.id}", "/team/kennismakingen"):
        browser.get(path, status=403)


def test_the_work_list_names_what_waits_and_nobody(
    work_as: WorkAs, cast: Cast, session: Session, clock: FixedClock
) -> None:
    with work_as(SYSTEM) as uow:
        person = a_participant(uow, "Tesfay", last_name="Gebremeskel")
        review = a_story(uow, status="review", participant=person)
        ending = a_story(uow, days=30, participant=person)
        a_story(uow, days=31)
        introduction = an_introduction(uow, ending, cast.employer)
    items = work_items(session, clock.now())
    assert [item.url for item in items] == [
        f"/team/verhalen/{review.id}",
        f"/team/kennismakingen/{introduction.id}",
        f"/team/verhalen/{ending.id}",
    ]
    assert items[0].due_at is None
    assert str(items[1].due_at) == "2026-11-26 16:00:00+00:00"
    assert "vertel het zelf aan de deelnemer" in items[1].facts
    assert "Tesfay" not in repr(items)
