"""By which rule a payer grants, denies or holds a request (curriculum/payers/authorizations).

What must be asked for at all is the contract's and the plan's to say; here is how it is answered.
Sources of the times: 42 CFR 438.210(d) (Medicaid managed care), 422.568 and 422.572 (Medicare
Advantage), each with the amendments of CMS-0057-F; a commercial plan's are its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from pydantic import Field

from codinglab.core.places import data_folder
from codinglab.core.tables import BadData, Row, read_yaml
from codinglab.payer.authorization import Authorization, AuthorizationStatus, Request, Units


class GrantRow(Row):
    """One rule: the first that names all codes asked for answers the request.

    It is granted where every document of `needs` came and a diagnosis begins as one of `diagnoses`
    says (all, where none is named). Without the documents it is pending, and with another diagnosis
    denied. No more than `most` units of a code are granted, for `days` days.
    """

    name: str
    codes: frozenset[str] = Field(min_length=1)
    diagnoses: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    most: Decimal = Field(gt=0)
    days: int = Field(ge=1)
    source: str


class AuthorizationFile(Row):
    """How one payer answers requests; `days` and `urgent_days` are in how many it does so."""

    payer_id: str
    prefix: str
    days: int
    urgent_days: int
    source: str
    rules: tuple[GrantRow, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The payer's answer, and the last day by which it owed one."""

    authorization: Authorization
    due_days: int


def folder() -> Path:
    """Return the folder of the installation's rules of authorization."""
    return data_folder("curriculum") / "payers" / "authorizations"


@lru_cache(maxsize=1)
def authorization_files() -> Mapping[str, AuthorizationFile]:
    """Return how each payer answers requests, by payer id; raises BadData."""
    found = (read_rules(file) for file in sorted(folder().glob("*.yml")))
    return {one.payer_id: one for one in found}


def read_rules(path: Path) -> AuthorizationFile:
    """Return the rules of the YAML file `path`; raises BadData naming file and field."""
    found = read_yaml(path, AuthorizationFile)
    seen: dict[str, str] = {}
    for rule in found.rules:
        for code in rule.codes:
            if code in seen:
                raise BadData(
                    f"{path}: {code} stands in {seen[code]!r} and in {rule.name!r}; one rule "
                    "answers for a code, so take it out of the other"
                )
            seen[code] = rule.name
    return found


def answer(request: Request, rules: AuthorizationFile, serial: int) -> Answer:
    """Return how the payer answers `request`; `serial` numbers its answers.

    Raises ValueError for a request to another payer, and for one that asks for nothing.
    """
    if request.payer_id != rules.payer_id:
        msg = f"the request is for {request.payer_id}, the rules are of {rules.payer_id}"
        raise ValueError(msg)
    if not request.codes:
        msg = "the request names no service; say which codes, and how many of each"
        raise ValueError(msg)
    number = f"{rules.prefix}{request.asked:%y%m%d}{serial:04}"
    due = rules.urgent_days if request.urgent else rules.days
    return Answer(_decided(request, rules, number), due)


def _decided(request: Request, rules: AuthorizationFile, number: str) -> Authorization:
    found = [_rule(rules, one.code) for one in request.codes]
    unknown = [one.code for one, rule in zip(request.codes, found, strict=True) if rule is None]
    if unknown:
        why = f"No rule answers for {', '.join(unknown)}; a reviewer looks at the request."
        return _made(request, number, "pending", (), why, rules.source)
    known = [rule for rule in found if rule is not None]
    wanted = tuple(dict.fromkeys(one for rule in known for one in rule.needs))
    missing = tuple(one for one in wanted if one not in request.records)
    source = "; ".join(dict.fromkeys(rule.source for rule in known))
    if missing:
        why = f"Wanted: {', '.join(missing)}."
        return _made(request, number, "pending", (), why, source, missing)
    for rule in known:
        if rule.diagnoses and not any(
            code.startswith(rule.diagnoses) for code in request.diagnoses
        ):
            why = f"{rule.name}: none of the diagnoses is among {', '.join(rule.diagnoses)}."
            return _made(request, number, "denied", (), why, source)
    return _granted(request, known, number, source)


def _rule(rules: AuthorizationFile, code: str) -> GrantRow | None:
    return next((one for one in rules.rules if code in one.codes), None)


def _granted(request: Request, rules: list[GrantRow], number: str, source: str) -> Authorization:
    units = tuple(
        Units(one.code, min(one.units, rule.most))
        for one, rule in zip(request.codes, rules, strict=True)
    )
    less = [
        f"{had.units} of {one.code} instead of {one.units}"
        for one, had in zip(request.codes, units, strict=True)
        if had.units < one.units
    ]
    names = " and ".join(dict.fromkeys(rule.name for rule in rules))
    why = f"{names}: {'granted ' + ', '.join(less) if less else 'granted as asked'}."
    last = request.first + timedelta(days=min(rule.days for rule in rules) - 1)
    return _made(request, number, "approved", units, why, source, last=last)


def _made(  # noqa: PLR0913, PLR0917  one a field of the answer
    request: Request,
    number: str,
    status: AuthorizationStatus,
    granted: tuple[Units, ...],
    why: str,
    source: str,
    wanted: tuple[str, ...] = (),
    last: date | None = None,
) -> Authorization:
    return Authorization(
        number=number,
        kind="authorization",
        status=status,
        payer_id=request.payer_id,
        member_id=request.member_id,
        npi=request.npi,
        granted=granted,
        first=request.first,
        last=last or request.last,
        given=request.asked,
        why=why,
        source=source,
        wanted=wanted,
    )
