"""Accounts and the links that open them."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.accounts.vocabulary import LinkPurpose, UserRole
from portal.kernel.db import Base, Created, enum_column


class User(Base, Created):
    """Somebody with an account.

    `second_factor_secret` is a random seed: the secret of the authenticator app is made from it with the installation's
    key, so a copy of the database gives no codes.
    """

    __tablename__ = "user_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    phone: Mapped[str | None] = mapped_column(String(20))
    role: Mapped[UserRole] = mapped_column(enum_column(UserRole))
    language: Mapped[str] = mapped_column(String(8), default="nl")
    password_hash: Mapped[str | None] = mapped_column(String(200))
    email_confirmed_at: Mapped[datetime | None]
    active: Mapped[bool] = mapped_column(default=True)
    stopped_at: Mapped[datetime | None]
    session_version: Mapped[int] = mapped_column(default=1)
    second_factor_secret: Mapped[str | None] = mapped_column(String(64))
    second_factor_at: Mapped[datetime | None]
    second_factor_step: Mapped[int] = mapped_column(default=0)
    last_sign_in_at: Mapped[datetime | None]


class SignInLink(Base, Created):
    """A link in a mail: opens a page, a button spends it, once, before it ends."""

    __tablename__ = "sign_in_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[LinkPurpose] = mapped_column(enum_column(LinkPurpose))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class RecoveryCode(Base, Created):
    """A code for when the phone with the second step is lost; stored hashed, spent once."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None]
