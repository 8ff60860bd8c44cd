"""Derive the tables of the inquiry guides: 270 and 271 (X279A1), and 276 (X212).

Run by a developer after derive_x12_guides.py, whose table of element numbers it completes; the
wheel is unpacked, not installed:

    .venv/bin/python scripts/derive_x12_inquiries.py FOLDER_OF_THE_UNPACKED_TIGERSHARK_WHEEL

pyx12 4.0.0 has no map of these three. The eligibility guides come from the tables of tigershark
0.3.4; the claim status request is the map of its own answer in pyx12 (277, which the same guide
defines) with the differences that the models of linuxforhealth-x12 0.57.0 state. Facts alone are
taken, as there. Numbers of data elements, which tigershark leaves out, are those that the maps
of pyx12 have at the same place of the same segment.
"""

from __future__ import annotations

import csv
import importlib
import sys
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement, parse

from derive_x12_guides import HOME as HERE
from derive_x12_guides import SE, Guide, find, maps_folder, nested, save, write

Row = tuple[str, ...]
LEVELS = ("2000A", "2000B", "2000C", "2000D")
PARSERS = {
    "005010X279A1-270": ("tigershark.parsers.M270_5010_X279_A1", "parsed_270"),
    "005010X279A1-271": ("tigershark.parsers.M271_5010_X279_A1", "parsed_271"),
}
# Elements that the 5010 has and no map of pyx12 numbers at that place. The numbers are those of
# the X12 data element dictionary, as public element lists of the segments give them.
BY_HAND = {
    ("EB", "13-8"): "234",
    ("EB", "14"): "C004",
    ("EQ", "02-8"): "234",
    ("EQ", "05"): "C004",
    ("MPI", "01"): "1201",
    ("MPI", "02"): "584",
    ("MPI", "03"): "1595",
    ("MPI", "04"): "352",
    ("MPI", "05"): "1596",
    ("MPI", "06"): "1250",
    ("MPI", "07"): "1251",
} | {
    (segment, f"{at}-{part}"): "1328"
    for segment, at in (("EQ", "05"), ("EB", "14"))
    for part in (1, 2, 3, 4)
}
REQUEST_REFERENCES = ("1K", "BLT", "LU", "6P", "EJ", "XZ", "D9")


def numbers() -> dict[tuple[str, str], str]:
    """Return the number of the data element at each place of each segment, as pyx12 has it."""
    found: dict[tuple[str, str], str] = {}
    files = sorted(maps_folder().glob("*.xml"), key=lambda one: ("5010" not in one.name, one.name))
    for file in files:
        for segment in parse(file).getroot().iter("segment"):  # noqa: S314  a wheel's own file
            for at, element in _places(segment):
                number = (element.findtext("data_ele") or "").strip()
                found.setdefault((segment.get("xid", ""), at), number)
    return BY_HAND | found


def _places(segment: Element) -> Iterator[tuple[str, Element]]:
    for child in segment:
        if child.tag not in {"element", "composite"}:
            continue
        at = f"{int(child.findtext('seq') or 0):02}"
        yield at, child
        for part in child.findall("element"):
            yield f"{at}-{int(part.findtext('seq') or 0)}", part


def _fact(into: Element, **facts: str) -> None:
    for name, value in facts.items():
        SubElement(into, name).text = value


def _properties(node: Any) -> Any:
    return node.props if hasattr(node, "props") else node.properties


class Reader:
    """Turns the tables of tigershark into the shape of a map of pyx12."""

    def __init__(self) -> None:
        """Read the numbers of all elements that pyx12 knows."""
        self.numbers = numbers()
        self.lengths: dict[str, tuple[str, str, str]] = {}

    def loop(self, node: Any, into: Element) -> None:
        """Add what stands in the loop `node` to the element `into`."""
        for child in node.structure:
            facts = _properties(child)
            if type(child).__name__ == "Loop":
                inner = SubElement(into, "loop", xid=child.name)
                _fact(inner, pos=facts.position, usage=facts.req_sit, repeat=facts.repeat)
                self.loop(child, inner)
            else:
                segment = SubElement(into, "segment", xid=child.name)
                _fact(segment, pos=facts.position, usage=facts.req_sit, max_use=facts.repeat)
                for one in facts.syntax.split():
                    SubElement(segment, "syntax").text = one
                for at, element in enumerate(child.structure, 1):
                    self.element(element, segment, child.name, at)

    def element(self, node: Any, into: Element, segment: str, at: int) -> None:
        """Add one element, with its components where it has some."""
        if type(node).__name__ == "Composite":
            inside = SubElement(into, "composite")
            number = self.numbers[segment, f"{at:02}"]
            _fact(inside, seq=str(at), usage=_properties(node).req_sit, data_ele=number)
            for part, one in enumerate(node.structure, 1):
                self.one(one, inside, (segment, f"{at:02}-{part}"), part)
        else:
            self.one(node, into, (segment, f"{at:02}"), at)

    def one(self, node: Any, into: Element, place: tuple[str, str], at: int) -> None:
        """Add one element or component that has a type."""
        facts = _properties(node)
        number = self.numbers[place]
        inside = SubElement(into, "element")
        repeat = "99" if place in {("EB", "03"), ("EQ", "01")} else ""
        _fact(inside, seq=str(at), usage=facts.req_sit, data_ele=number, repeat=repeat)
        self.lengths.setdefault(number, tuple(facts.data_type))
        if facts.codes:
            listed = SubElement(inside, "valid_codes")
            for code in facts.codes:
                SubElement(listed, "code").text = code


def eligibility(reader: Reader, name: str) -> Guide:
    """Return the guide called `name` from its table in tigershark."""
    module, variable = PARSERS[name]
    root = Element("transaction")
    reader.loop(getattr(importlib.import_module(module), variable), root)
    guide = Guide(name)
    guide.add(find(root, "ST_LOOP"), "ST", ())
    guide.rows = [
        (*row[:2], "99999", *row[3:]) if row[1] == "SE" else row
        for row in nested(guide.rows, LEVELS)
    ]
    if name.endswith("271"):
        guide.rows = [*enveloped(guide.rows)]
    return guide


def enveloped(rows: list[Row]) -> Iterator[Row]:
    """Yield `rows` with the benefit's related parties (2120) between LS and LE.

    In tigershark the two stand within other loops; linuxforhealth has them in that of the
    benefit (2110), LS before the parties and LE behind all of them, messages before both.
    """
    for row in rows:
        kind, level = row[0][:4], row[0][-1]
        if kind not in {"2110", "2115", "2120"}:
            yield row
        elif row[1] == "EB":
            yield from _benefit([one for one in rows if one[0][-1] == level], level)


def _benefit(rows: list[Row], level: str) -> Iterator[Row]:
    """Yield the loop of one benefit in its right order, places counted in tens."""
    inside = {(one[0][:4], one[1][:5] if one[1][0] == "+" else one[1]): one for one in rows}
    order = ("EB", "HSD", "REF", "DTP", "AAA", "MSG", "+2115", "LS", "+2120", "LE")
    for at, name in enumerate(order, 1):
        row = inside.get(("2110", name)) or inside["2120", name]
        yield ("2110" + level, row[1], str(10 * at), *row[3:])
        if name == "+2115":
            yield inside["2115", "III"]
        if name == "+2120":
            yield from (one for one in rows if one[0][:4] == "2120" and one[1] != "LE")


def _element(segment: Element, at: int) -> Element:
    return next(
        one for one in segment if (one.findtext("seq") or "").strip() in {str(at), f"{at:02}"}
    )


def _codes(element: Element, *codes: str, usage: str = "R") -> None:
    for old in element.findall("valid_codes"):
        element.remove(old)
    listed = SubElement(element, "valid_codes")
    for code in codes:
        SubElement(listed, "code").text = code
    used = element.find("usage")
    assert used is not None
    used.text = usage


def _segment(loop: Element, name: str) -> Element:
    return next(one for one in loop.findall("segment") if one.get("xid") == name)


def _request_claim(loop: Element, older: Element) -> None:
    """Turn the claim of an answer into the claim that is asked for."""
    _codes(_element(_segment(loop, "TRN"), 1), "1")
    loop.remove(_segment(loop, "STC"))
    references = [one for one in loop.findall("segment") if one.get("xid") == "REF"]
    model, at = references[0], list(loop).index(references[0])
    for one in references:
        loop.remove(one)
    for code in reversed(REQUEST_REFERENCES):
        made = deepcopy(model)
        _codes(_element(made, 1), code)
        loop.insert(at, made)
    amount = deepcopy(_segment(find(older, loop.get("xid", "")), "AMT"))
    _place(amount, _segment(loop, "DTP"), -1)
    loop.insert(at + len(REQUEST_REFERENCES), amount)
    line = next(iter(loop.findall("loop")))
    line.set("xid", line.get("xid", "").replace("2220", "2210"))
    line.remove(_segment(line, "STC"))
    paid = _element(_segment(line, "SVC"), 3).find("usage")
    assert paid is not None
    paid.text = "N"


def _place(segment: Element, other: Element, step: int) -> None:
    place, known = segment.find("pos"), other.findtext("pos") or "0"
    assert place is not None
    place.text = str(int(known) + step)


def request() -> Guide:
    """Return the guide of the 276: the map of the 277 with the differences of a question."""
    root = parse(maps_folder() / "277.5010.X212.xml").getroot()  # noqa: S314  a wheel's own file
    older = parse(maps_folder() / "276.4010.X093.A1.xml").getroot()  # noqa: S314
    top = find(root, "ST_LOOP")
    _codes(_element(next(one for one in top.iter("segment") if one.get("xid") == "ST"), 1), "276")
    head = next(one for one in top.iter("segment") if one.get("xid") == "BHT")
    _codes(_element(head, 2), "13")
    _codes(_element(head, 6), usage="N")
    payer = find(root, "2100A")
    payer.remove(_segment(payer, "PER"))
    for level, inner in (("2000B", "2200B"), ("2000C", "2200C")):
        find(root, level).remove(find(root, inner))
        _codes(_element(_segment(find(root, level), "HL"), 4), "1")
    for level, usage in (("2000D", "S"), ("2000E", "R")):
        loop = find(root, level)
        person = deepcopy(_segment(find(older, level), "DMG"))
        used = person.find("usage")
        assert used is not None
        used.text = usage
        _place(person, _segment(loop, "HL"), 1)
        loop.insert(list(loop).index(_segment(loop, "HL")) + 1, person)
        _request_claim(find(loop, "2200" + level[-1]), older)
    guide = Guide("005010X212-276")
    guide.add(top, "ST", ())
    if not any(row[1] == "SE" for row in guide.rows):
        guide.rows.append(("ST", "SE", "99999", "R", "1", "SE.1", ""))
        guide.shapes["SE", SE] = "SE.1"
    guide.rows = nested(guide.rows, (*LEVELS, "2000E"))
    asked = {"+2000C", "+2000D"}  # linuxforhealth: a question without a claim asks nothing
    guide.rows = [(*row[:3], "R", *row[4:]) if row[1] in asked else row for row in guide.rows]
    return guide


def add_numbers(used: set[str], lengths: dict[str, tuple[str, str, str]]) -> None:
    """Write the table of element numbers again with those of `used` that it lacks."""
    with (HERE / "elements.csv").open(encoding="utf-8", newline="") as lines:
        rows = {row[0]: tuple(row) for row in list(csv.reader(lines))[1:]}
    for number in used - rows.keys():
        if number in lengths:
            rows[number] = (number, *lengths[number])
    for number, facts in sorted(lengths.items()):
        if number in rows and rows[number][1:] != facts:
            print(f"  element {number}: kept {rows[number][1:]}, tigershark has {facts}")
    write("elements.csv", "number,type,min,max", sorted(rows.values()))


def main() -> None:
    """Derive, write the tables and print their hashes."""
    sys.path.insert(0, str(Path(sys.argv[1])))
    reader, used = Reader(), set()
    for name in PARSERS:
        guide = eligibility(reader, name)
        save(name, guide)
        used |= guide.used
    guide = request()
    save(guide.name, guide)
    add_numbers(used | guide.used, reader.lengths)


if __name__ == "__main__":
    main()
