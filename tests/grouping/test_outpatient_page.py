"""The page on outpatient claims shows what the code really prints."""

import re
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "outpatient.md"
BLOCKS = re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)


def test_the_page_shows_what_is_printed() -> None:
    names: dict[str, object] = {}
    assert len(BLOCKS) == 2
    for code, printed in BLOCKS:
        out = StringIO()
        with redirect_stdout(out):
            exec(code, names)  # noqa: S102  the page's own example
        assert out.getvalue() == printed
