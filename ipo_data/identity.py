"""Who may enter: the rule by which a signed-in identity is let in or refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from ipo_data.serving import Serving

_LONGEST: Final = 254
"""Characters of an address by the mail standard."""


class Refusal(StrEnum):
    """Why somebody is not let in; the values are text ids under ``login.``."""

    NOT_SIGNED_IN = "not_signed_in"
    NO_ADDRESS = "no_address"
    NOT_VERIFIED = "not_verified"
    NOT_ALLOWED = "not_allowed"
    NO_ROLE = "no_role"


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer for one identity.

    Attributes:
        address: The address in lower case; empty if there is none that can be trusted.
        refusal: Why the door stays shut; ``None`` if it opens.
    """

    address: str
    refusal: Refusal | None


def decide(serving: Serving, identity: Mapping[str, Any] | None) -> Decision:
    """Return whether an identity may enter.

    Args:
        serving: Who is allowed.
        identity: Claims of the signed-in user: ``email``, ``email_verified``, the claim with roles; ``None`` or empty
            for somebody who is not signed in. A proxy's header gives the address alone and has verified it.

    Returns:
        The decision. Addresses are compared whole: a look-alike domain, a sub-domain, a second ``@`` or a letter
        outside ASCII never matches.
    """
    if not serving.needs_identity:
        return Decision("", None)
    if not identity:
        return Decision("", Refusal.NOT_SIGNED_IN)
    address = _plain_address(identity.get("email"))
    if not address:
        return Decision("", Refusal.NO_ADDRESS)
    return Decision(address, _refusal(serving, identity, address))


def _refusal(serving: Serving, identity: Mapping[str, Any], address: str) -> Refusal | None:
    if serving.login == "oidc" and identity.get("email_verified") is not True:
        return Refusal.NOT_VERIFIED
    if address not in serving.emails and address.rpartition("@")[2] not in serving.domains:
        return Refusal.NOT_ALLOWED
    if serving.roles and not set(serving.roles) & _roles(identity.get(serving.role_claim)):
        return Refusal.NO_ROLE
    return None


def _plain_address(value: object) -> str:
    if not isinstance(value, str) or not value.isascii() or len(value) > _LONGEST or value.count("@") != 1:
        return ""
    name, _, domain = value.partition("@")
    return value.lower() if name and domain and value.isprintable() and " " not in value else ""


def _roles(value: object) -> set[str]:
    if isinstance(value, str):
        return set(value.replace(",", " ").split())
    return {role for role in value if isinstance(role, str)} if isinstance(value, list | tuple) else set()
