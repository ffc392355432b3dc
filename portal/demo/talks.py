"""The demo's stories, and its placements with what was said about them."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from portal.demo.world import World
from portal.employers.models import Member, Sector
from portal.kernel.clock import local_day
from portal.kernel.levels import LanguageLevel
from portal.kernel.names import company_key
from portal.placements.handling import answer_issue, resolve_issue, take_up_issue
from portal.placements.issues import IssueInput, report_issue
from portal.placements.recording import PlacementInput, end_placement, record_placement, start_placements
from portal.placements.vocabulary import IssueCategory, IssueUrgency, PlacementKind
from portal.stories.consents import ConsentInput, note_consent
from portal.stories.vocabulary import ReadingLanguage
from portal.stories.writing import StoryInput, release_story, submit_story, write_story

RELEASED = 9
WAITING = 11
NEAREST = {"administratie": "overheid", "textiel": "wasserij"}


def tell_stories(world: World) -> None:
    """Stories as the team would publish them: most released by a second person, some waiting, some drafts."""
    with world.database.reading() as session:
        sectors = dict(session.execute(select(Sector.key, Sector.id)).all())
    for number, told in enumerate(world.yaml("verhalen.yaml")):
        with world.as_staff("marleen") as uow:
            story_id = write_story(uow, details=_story(told, sectors))
            if number < WAITING:
                today = local_day(uow.now)
                consent = ConsentInput(
                    given_on=today - timedelta(days=20),
                    ends_on=today + timedelta(days=300),
                    language=next(iter(ReadingLanguage)),
                    text_version=1,
                )
                note_consent(uow, story_id=story_id, details=consent)
                submit_story(uow, story_id=story_id)
        if number < RELEASED:
            with world.as_staff("joris") as uow:
                release_story(uow, story_id=story_id)


def _story(told: dict[str, Any], sectors: dict[str, int]) -> StoryInput:
    wanted, fields = told["gewenst"], told["velden"]
    return StoryInput(
        sector_id=sectors[NEAREST.get(fields["sector"], fields["sector"])],
        heading=wanted["kop"],
        body=wanted["tekst"].strip(),
        goes_well=wanted["sterke_punten"],
        attention=wanted["aandachtspunten"],
        support=wanted["ondersteuning"],
        seeks=wanted["zoekt"],
        speaking=_level(fields["spreken"]),
        writing=_level(fields["schrijven"]),
        hours=int(fields["uren"]),
    )


def _level(text: str) -> LanguageLevel:
    return LanguageLevel(text[:2]) if text[:2] in LanguageLevel.__members__ else LanguageLevel.A1


KINDS = {
    "proefplaatsing": PlacementKind.TRIAL,
    "regulier": PlacementKind.REGULAR,
    "bbl": PlacementKind.BBL,
    "werkervaringsplaats": PlacementKind.WORK_EXPERIENCE,
}
SUBJECTS = {
    "opdracht_niet_begrepen": IssueCategory.INSTRUCTION,
    "pauze_en_werkregels": IssueCategory.WORK_RULES,
    "spullen_misverstand": IssueCategory.MISUNDERSTANDING,
    "te_laat": IssueCategory.TIME,
    "taal": IssueCategory.LANGUAGE,
    "vervoer": IssueCategory.TRANSPORT,
    "compliment": IssueCategory.COMPLIMENT,
    "contract": IssueCategory.CONTRACT,
    "loon_en_subsidie": IssueCategory.CONTRACT,
    "veiligheid": IssueCategory.SAFETY,
}
URGENCIES = {"hoog": IssueUrgency.TODAY, "middel": IssueUrgency.THIS_WEEK, "laag": IssueUrgency.FOR_INFORMATION}
OPEN_DAYS = 5
OUTCOMES = {
    "omgezet_in_contract": ("convert", ""),
    "gestopt_door_kandidaat": ("stop", "De reis was te lang."),
}


def place_people(world: World) -> None:
    """The placements of the scenario; issues of last days are open, older ones were solved."""
    told = world.yaml("plaatsingen.yaml")
    employers = world.employers()
    made: dict[str, tuple[int, int, dict[str, Any]]] = {}
    for number, placement in enumerate(told["plaatsingen"], 1):
        employer = employers[company_key(placement["werkgever"])]
        at = world.now + timedelta(days=min(0, placement["start_dag"] - 3))
        with world.as_staff("marleen", at) as uow:
            placement_id = record_placement(uow, employer_id=employer.id, details=_placement(world, placement, number))
        made[placement["id"]] = (placement_id, employer.id, placement)
    with world.as_system() as uow:
        start_placements(uow)
    for placement_id, _employer_id, placement in made.values():
        if placement["status"] in OUTCOMES:
            outcome, reason = OUTCOMES[placement["status"]]
            with world.as_staff("marleen") as uow:
                end_placement(
                    uow,
                    placement_id=placement_id,
                    outcome=outcome,
                    ended_on=world.day(placement["eind_dag"]),
                    reason=reason,
                )
    for issue in told["meldingen"]:
        if issue["categorie"] in SUBJECTS:
            _report(world, issue, *made[issue["plaatsing"]])


def _placement(world: World, told: dict[str, Any], number: int) -> PlacementInput:
    return PlacementInput(
        reference=f"AP-{2200 + number}",
        participant_id=None,
        job_title=told["functie"],
        kind=KINDS[told["soort"]],
        starts_on=world.day(told["start_dag"]),
        ends_on=world.day(told["eind_dag"]),
        hours=told["uren"],
        team_contact_id=world.staff["marleen"].user_id,
    )


def _report(world: World, told: dict[str, Any], placement_id: int, employer_id: int, placement: dict[str, Any]) -> None:
    """An issue at its own moment, without the worker's name; solved with the answer when it is some days old."""
    with world.database.reading() as session:
        user_id = session.scalar(select(Member.user_id).where(Member.employer_id == employer_id))
    reported_at = world.moment(world.day(told["dag"]), told["tijd"])
    worker = placement["kandidaat"].split()[0]
    details = IssueInput(
        category=SUBJECTS[told["categorie"]],
        urgency=URGENCIES[told["urgentie"]],
        text=told["tekst"].strip().replace(worker, "onze medewerker"),
        may_discuss=True,
        call_when=None,
        form_key=f"demo-{told['id']}",
    )
    with world.as_employer(employer_id, user_id, reported_at) as uow:
        issue_id = report_issue(uow, placement_id=placement_id, details=details).issue_id
    if told["dag"] < -OPEN_DAYS:
        answer = told["antwoord"].strip().replace(worker, "uw medewerker")
        with world.as_staff("marleen", reported_at + timedelta(hours=3)) as uow:
            take_up_issue(uow, issue_id=issue_id)
            answer_issue(uow, issue_id=issue_id, text=answer)
        with world.as_staff("marleen", reported_at + timedelta(days=2)) as uow:
            resolve_issue(uow, issue_id=issue_id, text="We spraken u allebei. Het gaat weer goed.")
