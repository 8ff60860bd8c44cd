"""What the tests of X12 share: the folder of this room's helpers on the path."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
