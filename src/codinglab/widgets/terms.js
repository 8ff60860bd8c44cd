// The Alphabetic Index: from a main term by its subterms to a code, which the tabular list verifies.

const LOOK_AFTER = 120;

function termWords(row) {
  return [h("b", {}, row.label), row.nonessential ? ` ${row.nonessential}` : ""];
}

/** Return the index as an element; `read(code)` opens the code book, the only place to take a code from. */
export function indexWalk({ ask, read, journal, books }) {
  const book = h("select", { class: "clw-select", "aria-label": "Which index" },
    books.map((name) => h("option", { value: name }, name)));
  const input = h("input", {
    class: "clw-main-term", type: "text", autocomplete: "off", spellcheck: "false", id: freshId("term"),
    placeholder: "Beginning of the main term",
  });
  const live = h("p", { class: "clw-count", role: "status" });
  const place = h("div", { class: "clw-place" });
  const list = h("ul", { class: "clw-terms", "aria-label": "Terms" });
  const steps = () => [...place.querySelectorAll("button"), ...list.querySelectorAll("button")];
  let latest = 0;
  const put = async (kind, about, draw) => {
    const asked = latest += 1;
    try {
      const answer = await ask(kind, `${book.value}\t${about}`);
      if (asked === latest) draw(answer);
    } catch (error) { live.textContent = error.message; }
  };
  const codeButton = (code, said = code) => h("button", { class: "clw-step clw-code", type: "button", "data-code": code,
    "aria-label": `${said}: verify in the tabular list`, onclick: () => read(code.replace(/-$/, "")) }, said);
  const codes = (row) => [row.code && codeButton(row.code), row.manifestation && codeButton(row.manifestation, `[${row.manifestation}]`),
    ...row.cells.map(([name, code]) => h("span", { class: "clw-cell" }, `${name} `, codeButton(code)))].filter(Boolean);
  const line = (row) => h("li", {},
    row.below || row.see.length ? h("button", { class: "clw-step", type: "button", onclick: () => walk(row.path) }, termWords(row))
      : h("span", {}, termWords(row)),
    " ", codes(row), row.below || row.see.length ? h("span", { class: "clw-more", "aria-hidden": "true" }, "\u203a") : null);
  const seeLine = (one) => h("li", { class: "clw-see" }, one.also ? "see also " : "see ",
    one.found ? h("button", { class: "clw-step", type: "button", onclick: () => walk(one.path) }, one.words) : one.words);
  const showTerms = ({ terms, source, more }, about) => {
    place.replaceChildren();
    list.replaceChildren(...terms.map(line));
    live.textContent = !about.trim() ? source
      : terms.length ? `${terms.length} main term${terms.length === 1 ? "" : "s"}${more ? ", and more: type on" : ""}.`
        : `No main term begins with "${about}". Think of the condition, not of the body part.`;
  };
  const showTerm = ({ way, term, see, below, source }) => {
    const walked = way.slice(0, -1).map((label, depth) => h("li", {},
      h("button", { class: "clw-step", type: "button", onclick: () => walk(way.slice(0, depth + 1).join(" > ")) }, label)));
    place.replaceChildren(
      walked.length ? h("ol", { class: "clw-path", "aria-label": "Way through the index" }, walked) : "",
      h("h3", { tabindex: "-1" }, termWords(term), " ", codes(term)));
    list.replaceChildren(...see.map(seeLine), ...below.map(line));
    live.textContent = below.length ? `${below.length} subterm${below.length === 1 ? "" : "s"}.` : source;
    place.querySelector("h3").focus({ preventScroll: true });
  };
  const look = () => { const about = input.value; put("terms", about, (answer) => showTerms(answer, about)); };
  const walk = (path) => {
    journal("index", { path, book: book.value });
    put("term", path, showTerm);
  };
  const typed = later(LOOK_AFTER, look);
  input.addEventListener("input", typed);
  book.addEventListener("change", () => { input.value = ""; look(); });
  const element = h("div", { class: "clw-index" },
    h("div", { class: "clw-sheethead" }, h("label", { class: "clw-label", for: input.id }, "Alphabetic Index"), live),
    h("div", { class: "clw-indexhead" }, input, book), place, list,
    h("p", { class: "clw-keys" }, h("kbd", {}, "\u2193"), h("kbd", {}, "\u2191"), " move   ", h("kbd", {}, "Enter"),
      " open   ", h("kbd", {}, "Esc"), " back to the main term"));
  element.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.target === book || !(step || event.key === "Escape")) return;
    event.preventDefault();
    const all = steps();
    const next = all[all.indexOf(document.activeElement) + step];
    if (event.key === "Escape" || (step < 0 && !next)) { input.focus(); return; }
    (next || all.at(-1))?.focus();
  });
  look();
  return element;
}

/** Return the search and the index behind two tabs, or the index alone where the search is off. */
export function codeTools({ finding, index, bookOnly, journal }) {
  if (bookOnly) {
    return h("section", { class: "clw-finder" }, index,
      h("p", { class: "clw-keys" }, "Book only: the search is off, as it is in an examination."));
  }
  const names = ["Search", "Alphabetic Index"];
  const panels = [finding, index].map((one, i) => h("div", {
    class: "clw-tool", role: "tabpanel", id: freshId("tool"), "aria-label": names[i],
  }, one));
  const opened = (i) => { if (i) journal("index-opened"); };
  return h("section", { class: "clw-ways" }, tabbed({ label: "Ways to a code", names, panels, opened }).element, panels);
}
