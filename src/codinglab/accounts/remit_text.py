"""A remittance as bytes and back, for what is kept apart, and the digest that knows it again."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from codinglab.remit.model import Remittance

if TYPE_CHECKING:
    from pydantic import TypeAdapter

SHOWN = 12
"""So much of a digest tells two remittances of one trace number apart."""


@lru_cache(maxsize=1)
def _adapter() -> TypeAdapter[Remittance]:
    from pydantic import TypeAdapter

    return TypeAdapter(Remittance)


def as_bytes(remittance: Remittance) -> bytes:
    """Return the remittance as JSON."""
    return _adapter().dump_json(remittance)


def from_bytes(content: bytes) -> Remittance:
    """Return the remittance of its JSON; raises pydantic's ValidationError where it is none."""
    return _adapter().validate_json(content)


def digest(remittance: Remittance) -> str:
    """Return the SHA-256 of what the remittance says, whatever control number its file gave it."""
    return hashlib.sha256(as_bytes(replace(remittance, control=""))).hexdigest()
