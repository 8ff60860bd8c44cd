"""What only the whole file shows: the same claim twice."""

from __future__ import annotations

from codinglab.core.cite import Cite
from codinglab.x12.claim_view import ClaimView
from codinglab.x12.finding import WireFinding

_CITE = Cite("Medicare Claims Processing Manual", "Pub. 100-04", "chapter 1, section 120")


class Batch:
    """Remembers the claims of a file by one number each."""

    def __init__(self) -> None:
        """Begin with an empty file."""
        self._seen: dict[int, int] = {}
        self._count = 0

    def claim(self, view: ClaimView) -> list[WireFinding]:
        """Return a finding when an original claim is the same as an earlier one of the file.

        The same are biller, payer, patient, place, dates, services and charges; the account
        number may differ.
        """
        self._count += 1
        if view.head.part(5, 3) != "1" or not view.lines:
            return []
        mark = hash(_essence(view))
        earlier = self._seen.setdefault(mark, self._count)
        if earlier == self._count:
            return []
        return [
            WireFinding(
                "x12.claim_twice",
                4,
                f"this claim is the same as claim {earlier} of the file: payer, patient, dates, "
                "services and charges.",
                "Take one out; a service given twice needs a modifier that says so (76, 77, 91).",
                view.tree.control,
                view.head.position,
                "2300",
                "CLM",
                "CLM01",
                view.head.get(1),
                view.head.get(1),
                cite=_CITE,
            )
        ]


def _essence(view: ClaimView) -> tuple[str, ...]:
    """Return what makes two claims the same."""
    said = [
        loop.segments[0].text
        for above in view.chain[1:-1]
        for loop in above.loops
        if loop.id[:4] == "2010"
    ]
    if view.facts is not None:
        said.append(view.facts.text)
    head = view.head
    said.append(head.text[len(head.elements[0]) + len(head.get(1)) + 1 :])
    said += [one.text for one in view.dates.values()]
    for line in view.lines:
        if line.service is not None:
            said.append(line.service.text)
        said += [one.text for one in line.dates]
    return tuple(said)
