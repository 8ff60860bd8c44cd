"""Let every test use the made-up course."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "course"))
from made_up import checkout, write

__all__ = ["checkout", "write"]
