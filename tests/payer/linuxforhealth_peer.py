"""Run by the Python of an environment with linuxforhealth-x12 and pydantic<2: judges texts.

Reads {"name": text} as JSON from standard input and writes {"name": verdict}: "" for accepted.
"""

import json
import sys

from linuxforhealth.x12.io import X12ModelReader


def verdict(text: str) -> str:
    try:
        with X12ModelReader(text) as reader:
            count = len(list(reader.models()))
    except Exception as error:  # noqa: BLE001  it raises whatever it stumbles over
        return f"{type(error).__name__}: {error}"
    return "" if count else "no transaction"


json.dump({name: verdict(text) for name, text in json.load(sys.stdin).items()}, sys.stdout)
