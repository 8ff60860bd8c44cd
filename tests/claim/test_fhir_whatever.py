"""Whatever of its fields a claim leaves blank, FHIR R4 carries the rest there and back."""

import dataclasses
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from made_full import FULL_BILL, FULL_PROFESSIONAL

from codinglab.claim.fhir import claim_resource, read_claim, to_json
from codinglab.claim.parties import Name

CREATED = date(2026, 3, 10)
FULL = {"professional": FULL_PROFESSIONAL, "institutional": FULL_BILL}
KEPT = {"bill", "tax_id_kind"}  # a hospital has a bill; the kind of no number says nothing
AMOUNTS = st.decimals(min_value=0, max_value=99999, places=2)
FEW: dict[str, Any] = {
    "deadline": None,
    "suppress_health_check": list(HealthCheck),
    "phases": (Phase.explicit, Phase.reuse, Phase.generate),  # to shrink takes minutes
}


def thinned(value: Any, data: st.DataObject) -> Any:
    """Return the value with other amounts, and any of its fields at the default."""
    if isinstance(value, tuple):
        return tuple(thinned(one, data) for one in value)
    if isinstance(value, Decimal):
        return data.draw(AMOUNTS)
    if isinstance(value, Name) or not dataclasses.is_dataclass(value):
        return value
    made: dict[str, Any] = {}
    for one in dataclasses.fields(value):
        told = getattr(value, one.name)
        usual = one.default
        if usual is not dataclasses.MISSING and one.name not in KEPT and data.draw(st.booleans()):
            made[one.name] = usual
        else:
            made[one.name] = thinned(told, data)
    if "tax_id_kind" in made and not made["tax_id"]:
        made["tax_id_kind"] = "EI"
    return dataclasses.replace(value, **made)  # type: ignore[type-var]


@pytest.mark.parametrize("kind", FULL)
@settings(max_examples=100, **FEW)
@given(data=st.data())
def test_whatever_is_written_reads_as_the_same_claim(kind: str, data: st.DataObject) -> None:
    one = thinned(FULL[kind], data)
    found = read_claim(to_json(claim_resource(one, CREATED)))
    assert found.claim == one
    assert found.left == ()


@pytest.mark.parametrize("kind", FULL)
@settings(max_examples=20, **FEW)
@given(data=st.data())
def test_whatever_is_written_is_valid_by_the_published_definitions(
    kind: str, data: st.DataObject
) -> None:
    peer = pytest.importorskip("fhir.resources.R4B.claim", reason="fhir-resources is in extra dev")
    text = to_json(claim_resource(thinned(FULL[kind], data), CREATED))
    assert peer.Claim.model_validate_json(text).use == "claim"
