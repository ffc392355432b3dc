"""Every mail about employers, as its receiver reads it."""

import pytest

from portal.employers.models import CallbackRequest, Location, PhoneCall
from portal.employers.notifications import (
    EmployerAddressKnown,
    EmployerApproved,
    EmployerCallbackAsked,
    EmployerCallEnded,
    EmployerJoinAccepted,
    EmployerJoinAsked,
    EmployerJoinAskedTeam,
    EmployerJoinRefused,
    EmployerRefused,
    EmployerSubmitted,
)
from portal.employers.vocabulary import CallbackTime
from portal.kernel.outbox import Message, Recipient
from portal.kernel.permissions import Actor, Role
from portal.kernel.uow import Database
from tests.factories.employers import a_member, an_employer_user, an_owner
from tests.support.outbox import Outbox
from tests.support.people import a_team_member

SYSTEM = Actor(role=Role.SYSTEM, name="test")
TEAM_BOX = "werkgeversteam@meedraaien.example"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_mail_can_be_read(database: Database, outbox: Outbox, language: str) -> None:
    with database.work(SYSTEM) as uow:
        employer, owner = an_owner(uow, reason="Wij vonden het KVK-nummer niet.")
        owner.language = language
        place = Location(
            employer_id=employer.id, street="Laan 9", postcode="8161 AB", city="Epe", created_at=uow.now, accepted=False
        )
        uow.session.add(place)
        uow.flush()
        asking = a_member(
            uow,
            employer,
            user=an_employer_user(uow, "Sjoerd Bakker"),
            status="requested",
            location_id=place.id,
            reason="Die vestiging is verkocht.",
        )
        call = PhoneCall(employer_id=employer.id, user_id=a_team_member(uow).id, created_at=uow.now)
        callback = CallbackRequest(name="Riek", phone="+31612345678", at=CallbackTime.MORNING, created_at=uow.now)
        uow.session.add_all([call, callback])
        uow.flush()
        to_owner: list[Message] = [
            EmployerAddressKnown(user_id=owner.id, moment="nu"),
            EmployerApproved(employer_id=employer.id, moment="nu"),
            EmployerRefused(employer_id=employer.id, moment="nu"),
            EmployerJoinAsked(member_id=asking.id),
            EmployerJoinAccepted(member_id=asking.id),
            EmployerJoinRefused(member_id=asking.id),
            EmployerCallEnded(call_id=call.id),
        ]
        to_team: list[Message] = [
            EmployerSubmitted(employer_id=employer.id, moment="nu"),
            EmployerJoinAskedTeam(member_id=asking.id),
            EmployerCallbackAsked(callback_id=callback.id),
        ]
        for message in to_owner:
            uow.notify(Recipient.user(owner.id), message)
        for message in to_team:
            uow.notify(Recipient.team(), message)
    mails = outbox.deliver()
    assert [row.last_error for row in outbox.rows() if row.sent_at is None] == []
    assert [mail["To"] for mail in mails] == [owner.email] * len(to_owner) + [TEAM_BOX] * len(to_team)
    texts = {str(mail["Subject"]): mail.get_body(("plain",)).get_content() for mail in mails}  # type: ignore[union-attr]
    assert len(texts) == len(to_owner) + len(to_team)
    assert not [subject for subject, text in texts.items() if "None" in text or "%(" in text]
    together = " ".join(texts.values())
    for words in ("Wij vonden het KVK-nummer niet.", "Die vestiging is verkocht.", "Laan 9, Epe", "055 000 1234"):
        assert words in together
    assert "06 12345678" not in together
