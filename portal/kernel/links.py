"""Secret links: an address that only its receiver has. Made from the thing's id, a purpose and the secret key.

Nothing secret is stored, so a copy of the database opens no door; raising the version revokes a link.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from urllib.parse import urlencode

SIGNATURE_BYTES = 18


@dataclass(frozen=True, slots=True)
class Links:
    """Makes and opens secret links, and makes absolute addresses for mails."""

    secret_key: str
    base_url: str

    def secret(self, purpose: str, thing_id: int, version: int = 1) -> str:
        """The token for one thing: '<id>-<version>-<signature>', safe in an address."""
        return f"{thing_id}-{version}-{self._sign(purpose, thing_id, version)}"

    def open(self, purpose: str, token: str) -> tuple[int, int] | None:
        """The id and the version of a token, or None when it was not made here for this purpose."""
        parts = token.split("-", 2)
        if len(parts) != 3 or not (_is_number(parts[0]) and _is_number(parts[1])):
            return None
        thing_id, version = int(parts[0]), int(parts[1])
        good = hmac.compare_digest(parts[2].encode(), self._sign(purpose, thing_id, version).encode())
        return (thing_id, version) if good else None

    def url(self, path: str, **query: str) -> str:
        """The absolute address of a path."""
        return f"{self.base_url}{path}" + (f"?{urlencode(query)}" if query else "")

    def _sign(self, purpose: str, thing_id: int, version: int) -> str:
        text = f"{purpose}:{thing_id}:{version}".encode()
        digest = hmac.new(self.secret_key.encode(), text, hashlib.sha256).digest()[:SIGNATURE_BYTES]
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 12
