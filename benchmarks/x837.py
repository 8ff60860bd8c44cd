"""How fast claims are written as an 837 and read again: the sample claims, over and over.

Run with

    python benchmarks/x837.py [CLAIMS]
"""

import sys
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "claim"))
CLAIMS, RUNS = 3_000, 5
WHEN = datetime(2026, 3, 10, 9, 30)  # noqa: DTZ001  no zone on the wire


def main(count: int) -> None:
    """Write and read `count` claims of each kind, several times; print the best rates."""
    from made_claims import CLAIMS as SAMPLES

    from codinglab.claim.parties import Name
    from codinglab.claim.x837 import write
    from codinglab.claim.x837_batch import Batch
    from codinglab.claim.x837_reader import read_file
    from codinglab.x12.envelope import Envelope

    head = Batch(Name("Harbor Billing"), "HB001", "Clearinghouse", "TRNCH", "B1", WHEN, "Ann Lee")
    envelope = Envelope("HB001", "TRNCH", WHEN, 1)
    for kind in ("professional", "institutional"):
        chosen = [one for one in SAMPLES.values() if one.kind == kind]
        claims = [
            replace(chosen[at % len(chosen)], account=f"{kind[0].upper()}{at}")
            for at in range(count)
        ]
        written, read = [], []
        for _ in range(RUNS):
            begin = time.process_time()
            text = write(envelope, [(head, claims)])
            written.append(text.count("~") / (time.process_time() - begin))
        for _ in range(RUNS):
            begin = time.process_time()
            (reading,) = read_file(text)
            read.append(text.count("~") / (time.process_time() - begin))
        assert len(reading.claims) == count, "claims were lost"
        assert not reading.findings, "something was left"
        print(
            f"{kind:14} {count:,} claims, {text.count('~'):,} segments: written "
            f"{max(written):,.0f}, read {max(read):,.0f} segments a CPU second"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CLAIMS)
