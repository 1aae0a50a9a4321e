"""Who is let in: whole addresses, verified, in ASCII, with the role that is asked for."""

from dataclasses import replace
from typing import Any

import pytest

from ipo_data.identity import Decision, Refusal, decide
from ipo_data.serving import Serving

OIDC = Serving(shared=True, login="oidc", domains=("corp.example",), emails=("ann@other.example",), hosts=("ipo",))
PROXY = replace(OIDC, login="proxy")


def verified(email: object, **claims: object) -> dict[str, Any]:
    return {"email": email, "email_verified": True, **claims}


@pytest.mark.parametrize("email", ["bo@corp.example", "Bo@CORP.example", "ann@other.example"])
def test_allowed_addresses_enter(email: str) -> None:
    assert decide(OIDC, verified(email)) == Decision(email.lower(), None)


@pytest.mark.parametrize(
    ("identity", "refusal"),
    [
        (None, Refusal.NOT_SIGNED_IN),
        ({}, Refusal.NOT_SIGNED_IN),
        (verified(None), Refusal.NO_ADDRESS),
        (verified(""), Refusal.NO_ADDRESS),
        (verified(["bo@corp.example"]), Refusal.NO_ADDRESS),
        (verified("bo"), Refusal.NO_ADDRESS),
        (verified("@corp.example"), Refusal.NO_ADDRESS),
        (verified("eve@evil.test@corp.example"), Refusal.NO_ADDRESS),
        (verified("bo@cоrp.example"), Refusal.NO_ADDRESS),
        (verified("bo @corp.example"), Refusal.NO_ADDRESS),
        (verified("bo@corp.example\n"), Refusal.NO_ADDRESS),
        (verified("b" * 250 + "@corp.example"), Refusal.NO_ADDRESS),
        (verified("eve@corp.example.evil.test"), Refusal.NOT_ALLOWED),
        (verified("eve@sub.corp.example"), Refusal.NOT_ALLOWED),
        (verified("eve@notcorp.example"), Refusal.NOT_ALLOWED),
        (verified("bob@other.example"), Refusal.NOT_ALLOWED),
        ({"email": "bo@corp.example"}, Refusal.NOT_VERIFIED),
        ({"email": "bo@corp.example", "email_verified": "true"}, Refusal.NOT_VERIFIED),
        ({"email": "bo@corp.example", "email_verified": False}, Refusal.NOT_VERIFIED),
    ],
)
def test_everybody_else_stays_outside(identity: dict[str, Any] | None, refusal: Refusal) -> None:
    assert decide(OIDC, identity).refusal is refusal


def test_a_proxy_has_verified_the_address_already() -> None:
    assert decide(PROXY, {"email": "bo@corp.example"}).refusal is None
    assert decide(PROXY, {"email": "bo@evil.test"}).refusal is Refusal.NOT_ALLOWED


@pytest.mark.parametrize("roles", [["analyst"], ["guest", "partner"], "guest, partner"])
def test_one_of_the_roles_is_enough(roles: object) -> None:
    serving = replace(OIDC, roles=("analyst", "partner"))
    assert decide(serving, verified("bo@corp.example", roles=roles)).refusal is None


@pytest.mark.parametrize("roles", [None, [], ["guest"], "analysts", [7], {"analyst": True}])
def test_without_the_role_the_door_stays_shut(roles: object) -> None:
    serving = replace(OIDC, roles=("analyst",))
    assert decide(serving, verified("bo@corp.example", roles=roles)).refusal is Refusal.NO_ROLE


@pytest.mark.parametrize("login", ["", "none"])
def test_without_a_login_nobody_is_asked(login: str) -> None:
    assert decide(Serving(login=login), None) == Decision("", None)
