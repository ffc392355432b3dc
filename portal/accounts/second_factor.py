"""The second step: a code of an authenticator app, or a recovery code for when the phone is lost; each works once."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass

import pyotp
from sqlalchemy import delete, update

from portal.accounts.models import RecoveryCode, User
from portal.accounts.rules import (
    RECOVERY_CODES,
    RECOVERY_GROUP_LENGTH,
    RECOVERY_GROUPS,
    RECOVERY_LETTERS,
    matching_step,
    recovery_code_hash,
)
from portal.accounts.security import end_sessions, tell_about
from portal.accounts.vocabulary import AccountsAction, SecurityChange
from portal.kernel.config import Settings
from portal.kernel.errors import ConflictError, InvalidError
from portal.kernel.permissions import Permission
from portal.kernel.uow import UnitOfWork

ISSUER = "Meedraaien"
SECRET_BYTES = 20


@dataclass(frozen=True, slots=True)
class RecoveryCodes:
    """New codes, shown once, and the version of the sessions that stay."""

    codes: list[str]
    session_version: int


def new_seed() -> str:
    """The start of a secret that nobody has yet."""
    return secrets.token_urlsafe(24)


def secret_from(settings: Settings, user_id: int, seed: str) -> str:
    """The secret of the app: made from the seed with the installation's key, so that the database alone gives none."""
    text = f"second-factor:{user_id}:{seed}".encode()
    digest = hmac.new(settings.secret_key.encode(), text, hashlib.sha256).digest()[:SECRET_BYTES]
    return base64.b32encode(digest).decode()


def address_for_app(secret: str, email: str) -> str:
    """What the QR code holds."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def set_up_second_factor(uow: UnitOfWork, *, seed: str, code: str) -> RecoveryCodes:
    """Turn the second step on with the first code of the app. Other sessions end. Raises InvalidError('code_wrong')."""
    uow.actor.require(Permission.ACCOUNTS_SECOND_FACTOR_SET_UP)
    user = own(uow)
    if user.second_factor_at is not None:
        raise ConflictError("second_factor_is_on")
    step = matching_step(secret_from(uow.settings, user.id, seed), code, now=uow.now, last_step=0)
    if step is None:
        raise InvalidError("code_wrong")
    user.second_factor_secret = seed
    user.second_factor_at = uow.now
    user.second_factor_step = step
    end_sessions(user)
    uow.audit(AccountsAction.SECOND_FACTOR_SET, user)
    tell_about(uow, user, SecurityChange.SECOND_FACTOR_ON)
    return RecoveryCodes(_new_codes(uow, user), user.session_version)


def renew_recovery_codes(uow: UnitOfWork, *, code: str) -> RecoveryCodes:
    """Make new recovery codes; the old ones stop working. Raises InvalidError('code_wrong')."""
    uow.actor.require(Permission.ACCOUNTS_SELF_MANAGE)
    user = own(uow)
    spend_code(uow, user, code)
    uow.audit(AccountsAction.RECOVERY_CODES_MADE, user)
    return RecoveryCodes(_new_codes(uow, user), user.session_version)


def turn_off_second_factor(uow: UnitOfWork, *, code: str) -> int:
    """Turn the own second step off; returns the version of the session that stays."""
    uow.actor.require(Permission.ACCOUNTS_SELF_MANAGE)
    user = own(uow)
    spend_code(uow, user, code)
    forget_second_factor(uow, user)
    return user.session_version


def forget_second_factor(uow: UnitOfWork, user: User) -> None:
    """Take the second step away: the seed, the codes and all sessions; the person gets a mail."""
    user.second_factor_secret = None
    user.second_factor_at = None
    user.second_factor_step = 0
    uow.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    end_sessions(user)
    uow.audit(AccountsAction.SECOND_FACTOR_REMOVED, user)
    tell_about(uow, user, SecurityChange.SECOND_FACTOR_OFF)


def spend_code(uow: UnitOfWork, user: User, code: str) -> None:
    """Use up a code of the app, or else a recovery code; each works once. Raises InvalidError('code_wrong')."""
    if user.second_factor_secret is None:
        raise InvalidError("code_wrong")
    secret = secret_from(uow.settings, user.id, user.second_factor_secret)
    step = matching_step(secret, code, now=uow.now, last_step=user.second_factor_step)
    spent = _spend_step(uow, user, step) if step is not None else _spend_recovery_code(uow, user, code)
    if not spent:
        raise InvalidError("code_wrong")


def own(uow: UnitOfWork) -> User:
    """The account of the actor."""
    return uow.session.get_one(User, uow.actor.user_id)


def _spend_step(uow: UnitOfWork, user: User, step: int) -> bool:
    """Move the last step forward; of two at the same moment one moves it."""
    moved = uow.session.scalar(
        update(User)
        .where(User.id == user.id, User.second_factor_step < step)
        .values(second_factor_step=step)
        .returning(User.id)
    )
    return moved is not None


def _spend_recovery_code(uow: UnitOfWork, user: User, code: str) -> bool:
    spent = uow.session.scalar(
        update(RecoveryCode)
        .where(
            RecoveryCode.user_id == user.id,
            RecoveryCode.code_hash == recovery_code_hash(user.id, code),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=uow.now)
        .returning(RecoveryCode.id)
    )
    if spent is None:
        return False
    uow.audit(AccountsAction.RECOVERY_CODE_USED, user)
    tell_about(uow, user, SecurityChange.RECOVERY_CODE)
    return True


def _new_codes(uow: UnitOfWork, user: User) -> list[str]:
    uow.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    codes = [_new_code() for _ in range(RECOVERY_CODES)]
    for code in codes:
        row = RecoveryCode(user_id=user.id, code_hash=recovery_code_hash(user.id, code), created_at=uow.now)
        uow.session.add(row)
    return codes


def _new_code() -> str:
    groups = (
        "".join(secrets.choice(RECOVERY_LETTERS) for _ in range(RECOVERY_GROUP_LENGTH)) for _ in range(RECOVERY_GROUPS)
    )
    return "-".join(groups)
