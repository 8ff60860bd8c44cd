import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # for the made-up remittances and visits
sys.path.insert(0, str(Path(__file__).parents[1] / "claim"))  # for made_claims
sys.path.insert(0, str(Path(__file__).parents[1] / "payer"))  # for made_adjudication
