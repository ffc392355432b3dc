"""Who may give which role, and who may change whose account."""

from portal.accounts.models import User
from portal.accounts.vocabulary import STAFF_ROLES, UserRole
from portal.kernel.permissions import Actor, Permission, Role


def can_give_role(actor: Actor, role: UserRole) -> bool:
    """Roles of the team and coaches are given by who manages users; only an administrator makes an administrator."""
    if role not in STAFF_ROLES or not actor.can(Permission.ACCOUNTS_USER_MANAGE):
        return False
    return role is not UserRole.ADMINISTRATOR or actor.role in {Role.ADMINISTRATOR, Role.SYSTEM}


def can_manage_user(actor: Actor, user: User) -> bool:
    """Whoever manages users may change an account; that of an administrator only another administrator."""
    if not actor.can(Permission.ACCOUNTS_USER_MANAGE):
        return False
    return user.role is not UserRole.ADMINISTRATOR or actor.role in {Role.ADMINISTRATOR, Role.SYSTEM}


def can_stop_user(actor: Actor, user: User) -> bool:
    """Nobody stops the own account: the last one would lock the door behind."""
    return can_manage_user(actor, user) and actor.user_id != user.id


def roles_to_give(actor: Actor) -> list[UserRole]:
    """The roles that this actor may give, for a form."""
    return [role for role in UserRole if can_give_role(actor, role)]
