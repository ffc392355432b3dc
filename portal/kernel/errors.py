"""What a command may answer instead of doing its work; the sentence for a code is found at the edge."""


class DomainError(Exception):
    """A refusal with a stable code and the facts that its sentence needs; never personal data."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class NotFoundError(DomainError):
    """The thing does not exist, or not for this actor: the same answer for both."""

    def __init__(self, code: str = "not_found", **facts: object) -> None:
        super().__init__(code, **facts)


class NotAllowedError(DomainError):
    """The actor sees the thing but may not do this."""

    def __init__(self, code: str = "not_allowed", **facts: object) -> None:
        super().__init__(code, **facts)


class ConflictError(DomainError):
    """Somebody or something was earlier: a taken stand, a stale edit, a move the life cycle does not have."""


class InvalidError(DomainError):
    """The input breaks a rule; a view puts the sentence at the field."""


class ConfigurationError(Exception):
    """The settings do not allow a start; the message is one clear sentence for the operator."""
