"""Codes of questions and answers in plain words, and what each means for the next step.

The words are the lab's own; they lie in code_sets/x12_guides beside the guides' tables.
"""

from __future__ import annotations

from functools import lru_cache

from codinglab.x12.guide import table


@lru_cache(maxsize=1)
def _rows() -> dict[tuple[str, str], tuple[str, str]]:
    return {(of, code): (label, then) for of, code, label, then in table("inquiry_codes.csv")}


def known(of: str, code: str) -> bool:
    """Say whether the list `of` ("service", "refusal") has words for `code`."""
    return (of, code) in _rows()


def codes(of: str) -> tuple[str, ...]:
    """Return the codes of the list `of` that have words."""
    return tuple(code for name, code in _rows() if name == of)


def word(of: str, code: str) -> str:
    """Return what `code` means; a code without words is named and said to have none."""
    label, _ = _rows().get((of, code), ("", ""))
    return label or f"code {code} (the lab has no words for it)"


def then(of: str, code: str) -> str:
    """Return what to do next, one or two sentences, blank where nothing is to be done."""
    return _rows().get((of, code), ("", ""))[1]
