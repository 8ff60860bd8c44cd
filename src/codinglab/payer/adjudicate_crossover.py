"""Medicare passes a claim that it paid on to the next payer: a supplement, or Medicaid.

Source: Medicare Claims Processing Manual ch. 28 s. 70 (coordination of benefits agreements); the
remittance then has claim status 19, 20 or 21 and the remark MA18 (a supplement) or MA07 (Medicaid).
"""

from __future__ import annotations

from dataclasses import replace

from codinglab.payer.adjudicate_work import Work
from codinglab.payer.contract_file import contracts

STEP = "crossover"
_REMARKS = {"supplement": "MA18", "Medicaid": "MA07"}


def crossover(work: Work) -> Work:
    """Pass the claim on where the next policy's payer takes claims from Medicare.

    A claim that is denied as a whole is not passed on.
    """
    claim = work.claim
    if work.contract.kind != "Medicare" or not work.is_open:
        return work
    after = claim.coverages[claim.to + 1 :]
    following = contracts().get(after[0].payer.payer_id) if after else None
    remark = _REMARKS.get(following.kind, "") if following else ""
    if following is None or not remark:
        return work
    source = "Medicare Claims Processing Manual ch. 28 s. 70"
    work = replace(work, passed_to=following.payer_id, remarks=(*work.remarks, remark))
    return work.says(STEP, f"Passed on to {following.name}.", None, source)
