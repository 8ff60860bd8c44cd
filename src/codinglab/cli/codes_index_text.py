"""What `codinglab codes index` prints: plain words, one thing a line."""

from __future__ import annotations

from typing import Any

_FEW = 2
_PLACES = {4: "4th", 5: "5th", 6: "6th", 7: "7th"}
_READ = {
    "inclusion term": "also called",
    "includes": "Includes",
    "excludes1": "Excludes1 (never together)",
    "excludes2": "Excludes2 (not part of it; both may be coded)",
    "code first": "Code first",
    "use additional code": "Use additional code",
    "code also": "Code also",
    "seventh character": "7th character",
}


def _codes(one: dict[str, Any]) -> str:
    """Return the codes of a term as the index prints them: "E85.4 [I43]"."""
    second = f" [{one['manifestation']}]" if one["manifestation"] else ""
    cells = ", ".join(f"{name.replace('_', ' ')} {code}" for name, code in one["codes"].items())
    return " ".join(filter(None, (f"{one['code']}{second}", cells)))


def _term(one: dict[str, Any]) -> str:
    """Return a term on one line: words, code, see, number of subterms."""
    words = " ".join(filter(None, (one["label"], one["nonessential"])))
    see = f"see {one['see']}" if one["see"] else ""
    more = f"{one['below']} subterm{'' if one['below'] == 1 else 's'}" if one["below"] else ""
    return "  ".join(filter(None, (words, _codes(one), see, more)))


def _see(one: dict[str, Any]) -> str:
    word = "see also" if one["also"] else "see"
    path = " > ".join(one["path"] or ())
    led = {
        "term": path,
        "rule": f"{path}, then {one['rest']}" if path else "the main term of the condition itself",
        "part": f"{path}; there look for {one['rest']}",
        "elsewhere": f"{one['text']} (--book neoplasms, drugs, external or diseases)",
        "tabular": f"the tabular list: {one['text']}",
        "nothing": f"{one['text']} (this index has no such term)",
    }
    return f"{word}: {led[one['leads']]}"


def _missing(one: dict[str, Any]) -> list[str]:
    lines = []
    for each in one["missing"]:
        lines.append(f"  {_PLACES[each['place']]} character, after {each['stem']}:")
        lines += [f"    {character}  {meaning}" for character, meaning in each["choices"]]
    return lines


def verified_text(one: dict[str, Any], *, with_notes: bool = True) -> list[str]:
    """Return the lines that verify one code in the tabular list."""
    if not one["title"]:
        return [f"not verified: {one['remark']}"]
    state = "billable" if one["billable"] else "not complete; add what is missing"
    lines = [f"verified in the tabular list {one['release']}: {one['code']}  {one['title']}"]
    lines += [f"  {state}", *_missing(one)]
    if one["remark"]:
        lines.append(f"  {one['remark']}")
    return lines + [
        f"  {_READ.get(note['kind'], note['kind'])} ({note['from_code']}): {note['text']}"
        for note in (one["notes"] if with_notes else ())
    ]


def term_text(said: dict[str, Any]) -> str:
    """Return the text of a term: its way, code, see, numbered subterms, and the verification."""
    one = said["term"]
    lines = [" > ".join(one["path"])]
    lines += (
        [f"  words that need not be said: {one['nonessential']}"] if one["nonessential"] else []
    )
    lines += [f"  {codes}"] if (codes := _codes(one)) else []
    lines += [f"  {_see(each)}" for each in said["see"]]
    lines += [f"{at:4} {_term(each)}" for at, each in enumerate(said["subterms"], 1)]
    few = len(said["verified"]) <= _FEW
    for each in said["verified"]:
        lines += ["", *verified_text(each, with_notes=few)]
    lines += [] if few else ["", "The notes of one of them: codinglab codes notes CODE"]
    return "\n".join([*lines, "", f"source: {said['source']}"])


def main_terms_text(said: dict[str, Any], text: str) -> str:
    """Return the list of main terms that begin with `text`, or what to do where none does."""
    if not said["main_terms"]:
        lacking = f"{said['source']} has no term {text!r}"
        if said["as_far_as"]:
            return f"{lacking}; look among the subterms of {' > '.join(said['as_far_as'])}"
        return (
            f"{lacking}. Look up the condition rather than the body site, or search the tabular "
            f'list: codinglab codes search "{text}"'
        )
    lines = [f"  {_term(one)}" for one in said["main_terms"]]
    return "\n".join([*lines, f"source: {said['source']}"])


def paths_text(said: dict[str, Any]) -> str:
    """Return the terms that lead to a code, and its verification."""
    lines = [
        f"{' > '.join(one['path'])}  {one['code']}"
        + (f" [{one['manifestation']}]" if one["manifestation"] else "")
        + ("" if one["book"] == "diseases" else f"  ({one['book']})")
        for one in said["paths"]
    ]
    if not lines:
        lacking = f"No term of the index leads to {said['code']}"
        lines = [f"{lacking}; what a short index lacks may still be in the tabular list."]
    return "\n".join(
        [*lines, "", *(line for each in said["verified"] for line in verified_text(each))]
    )
