"""Derive the tables of the X12 guides from the maps that pyx12 carries.

Run by a developer when pyx12 has a new release; the result is committed:

    .venv/bin/python scripts/derive_x12_guides.py

Facts alone are taken: which loops and segments a guide has, in which order, how often, which
elements they hold, of which type and length, with which codes. No name, description or note of
X12 or of pyx12 is read. The facts of one segment ("NM1 with these ten elements") are written
once as a shape, which several places of a guide share.
"""

from __future__ import annotations

import csv
import hashlib
import importlib.util
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, parse

HOME = Path(__file__).resolve().parents[1] / "code_sets" / "x12_guides" / "2026"
MAPS = {  # one file a transaction: a guide of a question and its answer has two
    "005010X222A1": "837.5010.X222.A1.xml",
    "005010X223A2": "837Q3.I.5010.X223.A1.xml",
    "005010X221A1": "835.5010.X221.A1.xml",
    "005010X231A1": "999.5010X231.A1.xml",
    "005010X231": "999.5010.xml",
    "005010X214": "277.5010.X214.xml",
    "005010X212-277": "277.5010.X212.xml",
}
ENVELOPE = "x12.control.00501.xml"
UNLIMITED = ">1"
STATE = "156"
OUTSIDE = {  # lists that the guides leave to others, by our names of them
    "states": "states",
    "country": "countries",
    "currency": "currencies",
    "pos": "place_of_service",
    "remark_code": "rarc",
    "claim_status": "claim_status_codes",
    "claim_status_cat": "claim_status_categories",
    "entity_id": "entities",
}
# The map of X212 lists its levels side by side; each stands within the one above it.
NESTED = {"005010X212-277": ("2000A", "2000B", "2000C", "2000D", "2000E")}
# The guide's own version stands in ST03 of every 5010 transaction that has it (45 CFR 162.1102
# names the guides); pyx12's map of the professional claim leaves it open.
# Which guides there are in GS08, guides.csv says.
CORRECTED = {
    ("005010X222A1", "ST", "03"): ("1705", "R", "", "005010X222A1", ""),
    ("envelope", "GS", "08"): ("480", "R", "", "", ""),
}

Shape = tuple[tuple[str, ...], ...]
SE: Shape = (("01", "96", "R", "", "", ""), ("02", "329", "R", "", "", ""))


def maps_folder() -> Path:
    """Return the folder of the installed package's maps, without importing it."""
    found = importlib.util.find_spec("pyx12")
    if found is None or found.origin is None:
        raise SystemExit("pyx12 is not installed: pip install 'pyx12>=4,<5'")
    return Path(found.origin).parent / "map"


def text(element: Element, name: str) -> str:
    """Return the text of the child called `name`, blank where there is none."""
    return (element.findtext(name) or "").strip()


def places(segment: Element) -> Iterator[tuple[str, Element]]:
    """Yield the place of each element and component ("05", "05-1") in order."""
    for child in sorted(
        (one for one in segment if one.tag in {"element", "composite"}),
        key=lambda one: int(text(one, "seq")),
    ):
        at = f"{int(text(child, 'seq')):02}"
        yield at, child
        for part in child.findall("element"):
            yield f"{at}-{int(text(part, 'seq'))}", part


def shape_of(segment: Element, guide: str, used: set[str]) -> Shape:
    """Return the facts of every element of `segment`; `used` collects their numbers."""
    rows = []
    for at, element in places(segment):
        if corrected := CORRECTED.get((guide, segment.get("xid", ""), at)):
            rows.append((at, *corrected))
            continue
        codes = element.find("valid_codes")
        listed = [code.text or "" for code in codes.findall("code")] if codes is not None else []
        outside = codes.get("external", "") if codes is not None else ""
        number = text(element, "data_ele")
        if number == STATE and not listed and text(element, "usage") != "N":
            outside = "states"  # the maps leave out some, the biller's address among them
        used.add(number)
        repeat = text(element, "repeat")
        rows.append(
            (
                at,
                number,
                text(element, "usage"),
                "" if repeat in {"", "1"} else repeat,
                "|".join(dict.fromkeys(listed)) or (f"={OUTSIDE[outside]}" if outside else ""),
                text(element, "regex"),
            )
        )
    return tuple(rows)


class Guide:
    """Gathers the rows of one guide."""

    def __init__(self, name: str) -> None:
        """Begin the guide called `name` with nothing."""
        self.name = name
        self.written: set[str] = set()
        self.shapes: dict[tuple[str, Shape], str] = {}
        self.rows: list[tuple[str, ...]] = []
        self.used: set[str] = set()

    def shape(self, segment: Element) -> str:
        """Return the name of the shape that `segment` has, a new one where it is the first."""
        name = segment.get("xid", "")
        key = name, shape_of(segment, self.name, self.used)
        if key not in self.shapes:
            same = sum(1 for other, _ in self.shapes if other == name)
            self.shapes[key] = f"{name}.{same + 1}"
        return self.shapes[key]

    def add(self, loop: Element, name: str, inside: tuple[int, ...]) -> None:
        """Write the segments and loops of `loop`, called `name`, wrappers left out."""
        for child in loop:
            where = (*inside, int(text(child, "pos") or 0))
            if child.tag == "segment":
                self.rows.append(
                    (
                        name,
                        child.get("xid", ""),
                        ".".join(map(str, where)),
                        text(child, "usage"),
                        repeat(text(child, "max_use")),
                        self.shape(child),
                        " ".join(one.text or "" for one in child.findall("syntax")),
                    )
                )
            elif child.tag == "loop" and child.get("type") == "wrapper":
                self.add(child, name, where)
            elif child.tag == "loop":
                inner = child.get("xid", "")
                self.rows.append(
                    (
                        name,
                        f"+{inner}",
                        ".".join(map(str, where)),
                        text(child, "usage"),
                        repeat(text(child, "repeat")),
                        "",
                        "",
                    )
                )
                if inner not in self.written:  # 2300 below 2000C is what it is below 2000B
                    self.written.add(inner)
                    self.add(child, inner, ())


def nested(rows: list[tuple[str, ...]], levels: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return `rows` with each of the loops `levels` at the end of the one before it."""
    opening = {f"+{level}": level for level in levels}
    outside: list[tuple[str, ...]] = []
    blocks: dict[str, list[tuple[str, ...]]] = {}
    block = outside
    for row in rows:
        if row[1] in opening:
            block = blocks.setdefault(opening[row[1]], [])
        if row[0] == "ST" and row[1] not in opening:
            block = outside
        block.append(row)
    inside: list[tuple[str, ...]] = []
    for at, level in enumerate(levels):
        opened, *others = blocks[level]
        above = levels[at - 1] if at else "ST"
        inside += [(above, opened[1], "9000", *opened[3:]), *others]
    last = [row for row in outside if row[1] == "SE"]
    return [*(row for row in outside if row[1] != "SE"), *inside, *last]


def repeat(said: str) -> str:
    """Return how often something may stand: a number, blank for no limit."""
    return "" if said == UNLIMITED else said


def ranked(rows: list[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Yield the rows with the places of a loop counted from 1, equal places kept equal."""
    within: dict[int, list[str]] = {}
    opened: list[tuple[str, list[str]]] = []
    for at, row in enumerate(rows):
        while opened and opened[-1][0] != row[0]:
            opened.pop()
        if not opened:
            opened.append((row[0], []))
        opened[-1][1].append(row[2])
        within[at] = opened[-1][1]
        if row[1].startswith("+"):
            opened.append((row[1][1:], []))
    for at, row in enumerate(rows):
        places = sorted({tuple(map(int, one.split("."))) for one in within[at]})
        rank = places.index(tuple(map(int, row[2].split(".")))) + 1
        yield (*row[:2], str(rank), *row[3:])


def write(name: str, header: str, rows: list[tuple[str, ...]]) -> None:
    """Write a CSV file and print its SHA-256 as release.yml states it."""
    path = HOME / name
    with path.open("w", encoding="utf-8", newline="") as lines:
        table = csv.writer(lines, lineterminator="\n")
        table.writerow(header.split(","))
        table.writerows(rows)
    print(f"  {name}: {hashlib.sha256(path.read_bytes()).hexdigest()}")


def find(root: Element, name: str) -> Element:
    """Return the loop called `name` anywhere below `root`."""
    return next(loop for loop in root.iter("loop") if loop.get("xid") == name)


def save(name: str, guide: Guide) -> None:
    """Write the two tables of one guide."""
    header = "loop,segment,order,usage,repeat,shape,conditions"
    write(f"{name}.csv", header, list(ranked(guide.rows)))
    elements = [(shape, *row) for (_, rows), shape in guide.shapes.items() for row in rows]
    write(f"{name}.elements.csv", "shape,element,number,usage,repeat,codes,pattern", elements)


def others(used: set[str]) -> list[tuple[str, ...]]:
    """Return the rows of elements.csv that derive_x12_inquiries.py has added."""
    path = HOME / "elements.csv"
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))[1:]
    return [tuple(row) for row in rows if row[0] not in used]


def main() -> None:
    """Derive, write the tables and print their hashes."""
    folder = maps_folder()
    HOME.mkdir(parents=True, exist_ok=True)
    used: set[str] = set()
    for name, file in MAPS.items():
        guide = Guide(name)
        guide.add(find(parse(folder / file).getroot(), "ST_LOOP"), "ST", ())  # noqa: S314  a wheel's own file
        if not any(row[1] == "SE" for row in guide.rows):  # the map of X212 forgets it
            guide.rows.append(("ST", "SE", "99999", "R", "1", "SE.1", ""))
            guide.shapes["SE", SE] = "SE.1"
        if name in NESTED:
            guide.rows = nested(guide.rows, NESTED[name])
        save(name, guide)
        used |= guide.used
    envelope = Guide("envelope")
    envelope.add(parse(folder / ENVELOPE).getroot(), "", ())  # noqa: S314
    save("envelope", envelope)
    used |= envelope.used
    numbers = [
        (
            one.get("ele_num", ""),
            one.get("data_type", ""),
            one.get("min_len", ""),
            one.get("max_len", ""),
        )
        for one in parse(folder / "dataele.xml").getroot()  # noqa: S314
        if one.get("ele_num") in used
    ]
    write("elements.csv", "number,type,min,max", sorted(numbers + others(used)))


if __name__ == "__main__":
    main()
