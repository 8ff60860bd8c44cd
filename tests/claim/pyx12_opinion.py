"""What pyx12, another reader of X12, says of a text; used by tests alone."""

import io
import logging
from pathlib import Path
from unittest.mock import patch

import pytest

_MAPS: dict[str, object] = {}


def refusals(text: str, folder: Path) -> list[str]:
    """Return the segments of pyx12's 999 that refuse something; none when it accepts `text`."""
    document = pytest.importorskip("pyx12.x12n_document")
    params = pytest.importorskip("pyx12.params")
    maps = pytest.importorskip("pyx12.map_if")
    read = maps.load_map_file

    def load(name: str, param: object, path: object = None) -> object:
        if name not in _MAPS:  # reading one takes longer than judging a claim
            _MAPS[name] = read(name, param, path)
        return _MAPS[name]

    file = folder / "judged.837"
    file.write_text(text, encoding="utf-8")
    answer = io.StringIO()
    logging.disable(logging.CRITICAL)
    try:
        with patch.object(maps, "load_map_file", load):
            accepted = document.x12n_document(
                param=params.params(), src_file=str(file), fd_997=answer, fd_html=None
            )
    finally:
        logging.disable(logging.NOTSET)
    told = [one.strip() for one in answer.getvalue().split("~")]
    refused = [one for one in told if one[:3] in {"IK3", "IK4", "CTX"}]
    return refused if accepted or refused else ["refused without a reason"]
