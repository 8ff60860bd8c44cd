"""The resources of a FHIR file, and whom their references mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from codinglab.core.findings import Severity
from codinglab.encounter.fhir_file import NotFhir, read_json, read_text
from codinglab.encounter.fhir_node import LeftOut, Node, Notes
from codinglab.encounter.fhir_versions import other_version

_UPWARD = ("partOf", "hasMember", "basedOn", "replaces")


@dataclass(slots=True)
class Bundle:
    """The readable resources of a file in its order; `notes` says what else was noticed.

    `index` finds a resource by its full URL, by "Type/id" and by "Type?system|value". `day` is the
    last day of the encounter that is read: what happened later is no part of its chart.
    """

    notes: Notes
    resources: list[Node] = field(default_factory=list)
    kinds: dict[str, list[Node]] = field(default_factory=dict)
    index: dict[str, Node] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)
    has_urls: bool = False
    inner: dict[int, dict[str, Node]] = field(default_factory=dict)
    day: date | None = None

    def of(self, *types: str) -> list[Node]:
        """Return the resources of the types, in the file's order."""
        if len(types) == 1:
            return self.kinds.get(types[0], [])
        return [one for one in self.resources if one.type in types]

    def use(self, resource: Node) -> Node:
        """Remember that the resource was taken over, and return it."""
        self.used.add(id(resource.value))
        return resource

    def is_used(self, resource: Node) -> bool:
        """Say whether the resource was taken over."""
        return id(resource.value) in self.used

    def leave(self, resource: Node, why: str) -> None:
        """Remember that the resource was not taken over, and why."""
        self.notes.left.append(LeftOut(resource.type, resource.id or resource.place, why))

    def take(self, owner: Node, reference: Node) -> Node | None:
        """Return what a reference means, as `resolve` does, and remember that it was taken over."""
        found = self.resolve(owner, reference)
        return None if found is None else self.use(found)

    def all_left(self, whole: str) -> tuple[LeftOut, ...]:
        """Return what was left: whole resources, then elements of used ones that nobody read.

        `whole` names what was made of the used ones ("the chart").
        """
        named = {(one.resource, one.id, one.field) for one in self.notes.left}
        why = f"this element has no place in {whole}"
        inner: list[LeftOut] = []
        for one in self.resources:
            if not self.is_used(one):
                continue
            if one.one("text").text("status") in {"generated", "empty"}:
                one.one("text").raw("div")  # written from the resource's own elements
            paths = [
                at for at in dict.fromkeys(one.unread()) if (one.type, one.id, at) not in named
            ]
            inner += [LeftOut(one.type, one.id, why, at) for at in paths]
        self._say_modified(inner)
        return (*self.notes.left, *inner)

    def _say_modified(self, left: list[LeftOut]) -> None:
        """Say which of the elements that nobody read turn the meaning of what was read."""
        for one in left:
            if one.field.rpartition(".")[2] == "modifierExtension":
                self.notes.say(
                    "fhir.modifier",
                    f"{one.resource}/{one.id}.{one.field}",
                    "A modifier extension changes what stands beside it in a way unknown to this "
                    "lab, and that was read without it.",
                    "Ask the sender what it means before anything here is used.",
                )

    def resolve(self, owner: Node, reference: Node) -> Node | None:
        """Return the resource that `reference` within the resource `owner` means.

        None where it is absent, and with a finding where the file does not hold it. Rules: FHIR R4
        section 2.36.4 (bundles), 2.3.0.4 (contained) and 2.20.5 (conditional references).
        """
        target = reference.text("reference")
        if not target:
            return self._by_identifier(reference)
        inner = target.startswith("#")
        found = self._contained(owner, target[1:]) if inner else self._find(target)
        if found is None and self.notes.once(f"{owner.place} {target}"):
            self.notes.say(
                "fhir.reference",
                f"{reference.place}.reference",
                f"{owner.label} refers to {target}, which the file does not hold.",
                "Export the record with all it refers to; until then only the words of the "
                "reference are used.",
                Severity.WARNING,
            )
        return found

    def _find(self, target: str) -> Node | None:
        plain = target.partition("/_history/")[0]
        if "?identifier=" in plain:
            return self.index.get(plain.replace("identifier=", ""))
        if "://" in plain and self.has_urls:
            return self.index.get(plain)  # another server may use the same id for somebody else
        return self.index.get(plain) or self.index.get("/".join(plain.split("/")[-2:]))

    def _contained(self, owner: Node, id_: str) -> Node | None:
        if not id_:
            return owner
        key = id(owner.value)
        if key not in self.inner:
            self.inner[key] = {one.id: one for one in reversed(owner.many("contained"))}
        return self.inner[key].get(id_)

    def _by_identifier(self, reference: Node) -> Node | None:
        known = reference.value.get("identifier")
        if not isinstance(known, dict) or not known.get("system"):
            return None
        named = reference.one("identifier")
        key = f"{reference.text('type')}?{named.text('system')}|{named.text('value')}"
        return self.index.get(key)


def read_bundle(source: str | bytes | Path) -> Bundle:
    """Return the resources of the file, text or bytes `source`.

    Resources of another FHIR version, repeated ones and entries without a resource are findings
    and listed as left. Raises NotFhir where nothing is FHIR at all.
    """
    notes = Notes()
    values = read_json(read_text(source), notes)
    bundle = Bundle(notes)
    single = len(values) == 1
    for at, value in enumerate(values):
        if not isinstance(value, dict) or not isinstance(value.get("resourceType"), str):
            _no_resource(value, "the file" if single else f"line {at + 1}", notes, stop=single)
        elif value["resourceType"] == "Bundle":
            _entries(bundle, Node(value, "Bundle" if single else f"Bundle {at + 1}", notes))
        else:
            _add(bundle, Node(value, _place(value, at, single=single), notes), "")
    _cycles(bundle)
    return bundle


def _place(value: dict[str, Any], at: int, *, single: bool) -> str:
    return str(value["resourceType"]) if single else f"line {at + 1}: {value['resourceType']}"


def _no_resource(value: Any, place: str, notes: Notes, *, stop: bool) -> None:
    what = "a JSON object without resourceType" if isinstance(value, dict) else "no JSON object"
    message = f"is {what}, so it is no FHIR resource"
    if stop:
        msg = f"{place} {message}. Choose a file that holds a Bundle or a resource of FHIR R4."
        raise NotFhir(msg)
    notes.say("fhir.resource", place, f"This {message}.", "Remove it or export it again.")


def _entries(bundle: Bundle, one: Node) -> None:
    if any(link.text("relation") == "next" for link in one.many("link")):
        bundle.notes.say(
            "fhir.page",
            f"{one.place}.link",
            "The bundle is one page of a longer answer.",
            "Fetch the pages that follow as well; what they hold is missing here.",
            Severity.WARNING,
        )
    for entry in one.many("entry"):
        resource = entry.one("resource")
        if resource.type == "Bundle":
            _no_nesting(bundle, resource)
        elif resource.type:
            _add(bundle, resource, entry.text("fullUrl"))
        else:
            bundle.notes.say(
                "fhir.resource",
                entry.place,
                "The entry holds no resource with a resourceType.",
                "Export the record again; this entry was left out.",
                Severity.WARNING,
            )


def _no_nesting(bundle: Bundle, resource: Node) -> None:
    bundle.leave(resource, "a bundle within a bundle; read it as a file of its own")


def _add(bundle: Bundle, resource: Node, url: str) -> None:
    if told := other_version(resource.value):
        version, element = told
        bundle.leave(resource, f"is of FHIR {version}, told by its element {element}")
        if bundle.notes.once(f"version {version} {resource.type}"):
            bundle.notes.say(
                "fhir.version",
                f"{resource.place}.{element}",
                f"This {resource.type} is of FHIR {version}; this lab reads R4 (4.0.1).",
                "Ask the sender for R4, as by the header Accept: application/fhir+json; "
                "fhirVersion=4.0.",
            )
        return
    key = f"{resource.type}/{resource.id}" if resource.id else url
    if key and key in bundle.index:
        bundle.leave(resource, f"repeats {key}, of which the first was read")
        bundle.notes.say(
            "fhir.repeated",
            resource.place,
            f"{key} stands in the file more than once.",
            "Keep the version that is right; the first was read.",
            Severity.WARNING,
        )
        return
    bundle.resources.append(resource)
    bundle.kinds.setdefault(resource.type, []).append(resource)
    bundle.has_urls = bundle.has_urls or "://" in url
    for name in _names(resource, url):
        bundle.index.setdefault(name, resource)


def _names(resource: Node, url: str) -> Iterator[str]:
    if url:
        yield url
    if resource.id:
        yield f"{resource.type}/{resource.id}"
        yield f"urn:uuid:{resource.id}"
    identifiers = resource.value.get("identifier")
    for one in identifiers if isinstance(identifiers, list) else ():
        if isinstance(one, dict):
            yield f"{resource.type}?{one.get('system')}|{one.get('value')}"


def _cycles(bundle: Bundle) -> None:
    """Say of each chain of parts, members or orders that leads back to its beginning."""
    edges = {id(one.value): list(_upward(bundle, one)) for one in bundle.resources}
    done: set[int] = set()
    for one in bundle.resources:
        path: dict[int, Node] = {}
        stack = [(one, False)]
        while stack:
            node, leaving = stack.pop()
            key = id(node.value)
            if leaving:
                path.pop(key, None)
                done.add(key)
            elif key in path:
                _say_cycle(bundle, node)
            elif key not in done:
                path[key] = node
                stack.append((node, True))
                stack += [(each, False) for each in edges.get(key, ())]


def _upward(bundle: Bundle, one: Node) -> Iterator[Node]:
    for name in _UPWARD:
        found = one.value.get(name)
        for each in found if isinstance(found, list) else [found]:
            target = each.get("reference") if isinstance(each, dict) else None
            if isinstance(target, str) and (meant := bundle._find(target)):  # noqa: SLF001  same module
                yield meant


def _say_cycle(bundle: Bundle, node: Node) -> None:
    if bundle.notes.once(f"cycle {node.label}"):
        bundle.notes.say(
            "fhir.cycle",
            node.place,
            f"The references of {node.label} lead back to itself.",
            "Ask the sender which of them is the whole; each resource was read once.",
            Severity.WARNING,
        )
