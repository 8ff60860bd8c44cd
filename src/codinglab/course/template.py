"""Templates of a case: Jinja2 in its sandbox, where a name that is not known is an error."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from codinglab.core.tables import BadData

if TYPE_CHECKING:
    from jinja2 import Template


def rendered(text: str, record: dict[str, object], place: str) -> str:
    """Return the template `text` over a variant's `record`.

    It may work out dollars: `{{ 130 | dollars - "92.38" | dollars }}`. Raises BadData naming
    `place` for a template that cannot be read, and for a name that it does not know.
    """
    from jinja2 import TemplateError

    try:
        return compiled(text).render(record)
    except (TemplateError, LookupError, TypeError, ValueError, ArithmeticError) as error:
        shown = {name: value for name, value in record.items() if isinstance(value, str)}
        raise BadData(f"{place}: {error} (facts: {shown})") from error


def _dollars(value: object) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.01"))


@lru_cache(maxsize=128)
def compiled(text: str) -> Template:
    """Return the template `text`, compiled once."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    environment.filters["dollars"] = _dollars
    return environment.from_string(text)
