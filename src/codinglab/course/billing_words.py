"""The words that a biller's worksheet may use, from curriculum/billing/words.yml."""

from __future__ import annotations

from functools import lru_cache

from pydantic import Field

from codinglab.core.places import data_folder
from codinglab.core.tables import Row, read_yaml


class BillingWords(Row):
    """What is done next (`actions`) and what a denial was about (`classes`), with meanings."""

    actions: dict[str, str] = Field(min_length=1)
    classes: dict[str, str] = Field(min_length=1)


@lru_cache(maxsize=1)
def words() -> BillingWords:
    """Return the words of the installation; raises BadData naming file and field."""
    return read_yaml(data_folder("curriculum") / "billing" / "words.yml", BillingWords)
