"""A key's item in a biller's notation, as what the grading core expects: said, or worked out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from codinglab.core.tables import BadData
from codinglab.course import billing_key
from codinglab.course.billing_statement import Statement
from codinglab.course.key import ItemFile, resolve
from codinglab.course.sources import cite
from codinglab.course.variants import Variant
from codinglab.grading.items import ExpectedItem, Near, Status
from codinglab.grading.rubric import Rubric

if TYPE_CHECKING:
    from codinglab.course.billing_made import Made

_BUT, _OTHERWISE = "but ", "= "


def said(
    variant: Variant, item: ItemFile, name: str, values: Mapping[str, str], rubric: Rubric
) -> Iterator[ExpectedItem]:
    """Yield what the key's `item` says under a variant: one statement, or one for each line.

    `values` are those of the key's items that are in force. Raises BadData for a statement that
    nobody could write, or that cannot be worked out.
    """
    if item.worked is None:
        yield _expected(variant, item, name, values, rubric, (values[name], ""))
        return
    from codinglab.course.billing_worked import label, singles, worked

    made = _made(variant)
    every = singles(values[name], made)
    for one in every:
        text = worked(one, made)
        if text is not None:
            called = name if len(every) == 1 else f"{name} {label(one)}"
            yield _expected(variant, item, called, values, rubric, (text, one))


def _made(variant: Variant) -> Made:
    if (found := variant.made) is None:
        raise BadData("worked: the case has no billing; add it to case.yml, or use say")
    return found


def _other(text: str, variant: Variant, own: str) -> str | None:
    """Return another way to say an item: written out, or the item's own with a `but` or `=`."""
    from codinglab.course.billing_worked import worked

    if text.startswith(_BUT):
        return worked(f"{own} {text}", _made(variant))
    if text.startswith(_OTHERWISE):
        return worked(f"{own.partition(' = ')[0]} {text}", _made(variant))
    return text


def _expected(  # noqa: PLR0913, PLR0917  the parts of a key
    variant: Variant,
    item: ItemFile,
    name: str,
    values: Mapping[str, str],
    rubric: Rubric,
    says: tuple[str, str],
) -> ExpectedItem:
    text, own = says
    facts = variant.fact
    one = billing_key.statement(text)
    base = f"{text.partition(' ')[0]} {one.value}"  # what `but` follows, beside a `say`

    def others(written: str | None) -> Iterator[Statement]:
        other = None if written is None else _other(written, variant, own or base)
        if other is not None:
            yield billing_key.statement(other)

    accepted = [each for value in item.accepted for each in others(resolve(value, facts))]
    near = [
        (each, Near(miss.error, miss.credit, miss.error, miss.why))
        for miss in item.near
        for each in others(resolve(miss.code, facts))
    ]
    return ExpectedItem(
        id=name,
        kind=one.kind,
        value=one.value,
        points=billing_key.points(one, rubric),
        status=Status(item.status),
        parts=billing_key.parts(one, accepted, near, rubric),
        first=item.first,
        before=tuple(each for each in item.before if each in values),
        evidence=tuple(dict.fromkeys(evidence(item, facts, own))),
        why=resolve(item.why, facts) or "",
        cites=tuple(cite(each) for each in item.cites),
        critical=item.critical,
        error_class=item.error,
    )


def evidence(item: ItemFile, facts: dict[str, str], own: str) -> Iterator[str]:
    """Yield the spans that the key names; a posting that is worked out names its own row."""
    yield from (one for name in item.evidence if (one := resolve(name, facts)))
    verb, _, rest = own.partition(" ")
    about, _, payment = rest.partition(" of ")
    if verb == "post" and payment and not item.evidence:
        yield f"{payment.replace('_', '-')}-{about.lower().replace('.', '-')}"
