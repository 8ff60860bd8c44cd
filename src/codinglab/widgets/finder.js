// Finding a code: the search box with its suggestions (the ARIA combobox pattern).

const SHOWN = 30;

function emphasised(title, query) {
  const begin = (query.toLowerCase().match(/[a-z0-9]+/g) || []).filter((word) => word.length > 1);
  return title.split(/([A-Za-z0-9]+)/).map((piece) => (
    begin.some((word) => piece.toLowerCase().startsWith(word)) ? h("b", {}, piece) : piece));
}

function kindOf(index, row) {
  if (row >= index.others) return "Diagnosis";
  return { 2: "Modifier", 7: "Procedure (PCS)" }[index.rows[row][0].length] ?? "Procedure";
}

/** Return what the page itself finds, in the form of the kernel's answer. */
function fromPage(index, text) {
  const { found, mended, ignored } = search(index, text, SHOWN);
  const hits = found.map((row) => {
    const [code, title] = index.rows[row];
    const kind = kindOf(index, row);
    return { code: kind === "Diagnosis" ? dotted(code) : code, title, kind, billable: true, why: "" };
  });
  return { hits, mended, ignored };
}

function counted({ hits, mended = [], ignored }, query, short) {
  const read = mended.map(([typed, as]) => ` Read "${typed}" as "${as}".`).join("");
  const left = ignored?.length ? ` Left out, since no code has it with the rest: ${ignored.join(", ")}.` : "";
  const own = short ? " Short search, by titles alone, since the notebook's kernel is busy." : "";
  if (!hits.length) return `No code found for "${query}". Try fewer words, or the beginning of a word.${own}`;
  const some = hits.length === SHOWN ? `The best ${SHOWN}` : `${hits.length}`;
  return `${some} suggestion${hits.length === 1 ? "" : "s"}.${read}${left}${own}`;
}

const remark = ({ kind, billable }) => (billable ? kind.replace("Diagnosis", "") : "not billable");

/**
 * Return {element, ready, fail}: an ARIA combobox. `ask(text)` is the kernel's search, `pick(hit)`
 * adds what was chosen and may say something of it, `read(code)` opens the book.
 */
export function finder({ ask, pick, read }) {
  let index = null;
  let hits = [];
  let active = -1;
  let waiting = null; // the steps taken in the list of a text that has no answer yet
  let picks = Promise.resolve();
  const listId = freshId("list");
  const input = h("input", {
    class: "clw-search", type: "text", role: "combobox", autocomplete: "off", spellcheck: "false",
    id: freshId("search"), "aria-autocomplete": "list", "aria-expanded": "false",
    "aria-controls": listId, disabled: true, placeholder: "Loading the code table \u2026",
  });
  const list = h("ul", { class: "clw-list", role: "listbox", id: listId, hidden: true, "aria-label": "Suggestions" });
  const live = h("p", { class: "clw-count", role: "status" });
  const options = () => [...list.children];

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (place, scroll = true) => {
    options()[active]?.setAttribute("aria-selected", "false");
    active = (place + options().length) % options().length;
    const option = options()[active];
    option.setAttribute("aria-selected", "true");
    if (scroll) option.scrollIntoView({ block: "nearest" }); // it forces a layout: not while typing
    input.setAttribute("aria-activedescendant", option.id);
  };
  const paint = (text, answer, short) => {
    const moves = waiting?.moves ?? 0;
    waiting = null;
    hits = answer.hits;
    const rows = hits.map((hit, place) => h("li", {
      role: "option", id: `${listId}-${place}`, "aria-selected": "false",
    },
    h("span", { class: "clw-code" }, hit.code),
    h("span", { class: "clw-title" }, emphasised(hit.title, text), h("span", { class: "clw-why" }, hit.why)),
    h("span", { class: "clw-kind" }, remark(hit))));
    list.replaceChildren(...rows.splice(0, 9)); // as many as are in sight
    setTimeout(() => { if (hits === answer.hits) list.append(...rows); }, 50); // drawn after them
    live.textContent = counted(answer, text, short);
    close();
    if (!hits.length) return;
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    choose(moves, moves !== 0);
  };
  const asking = newest({
    ask,
    got: (text, answer) => paint(text, answer, false),
    short: (text) => paint(text, fromPage(index, text), true),
    freed: () => { if (input.value && !waiting) live.textContent = "The kernel is free: type on to search in full."; },
  });
  const drop = () => { asking.stop(); waiting = null; };
  const show = () => {
    const text = input.value;
    drop();
    if (!text.trim()) { live.textContent = ""; close(); return; }
    waiting = { moves: 0 };
    asking.put(text);
  };
  const add = (hit) => { live.textContent = pick(hit) ?? ""; };
  const take = (hit) => { input.value = ""; close(); add(hit); };
  const look = (hit) => { close(); read(hit.code); };
  /**
   * Choose before the list is there, as fast hands do; the next text may be typed meanwhile. A code
   * that is typed in full needs no kernel.
   */
  const takeAhead = (alt) => {
    const [text, { moves }] = [input.value, waiting];
    drop();
    close();
    if (!alt) input.value = "";
    picks = picks.then(() => (index.byCode.has(codeQuery(text)?.[0]) ? null : asking.once(text))).then((answer) => {
      const found = (answer ?? fromPage(index, text)).hits;
      if (!found.length) live.textContent = counted({ hits: [] }, text, !answer);
      else (alt ? look : add)(found.at(moves % found.length));
    });
  };
  input.addEventListener("input", show);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { drop(); close(); return; }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const enter = event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.metaKey;
    if (!step && !enter) return;
    if (!waiting && list.hidden && (step === -1 || !input.value)) return;
    event.preventDefault();
    if (!waiting && list.hidden) show();
    else if (waiting && step) waiting.moves += step; // nobody chooses from the list of an older text
    else if (waiting) takeAhead(event.altKey);
    else if (step) choose(active + step);
    else (event.altKey ? look : take)(hits[active]);
  });
  input.addEventListener("blur", () => setTimeout(() => {
    if (document.activeElement !== input) close(); // a pick only borrows the focus
  }, 150));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const place = options().indexOf(event.target.closest("li"));
    if (place >= 0) take(hits[place]);
  });
  const element = h("section", { class: "clw-finder" },
    h("div", { class: "clw-sheethead" }, h("label", { class: "clw-label", for: input.id }, "Find a code"), live),
    h("div", { class: "clw-popup" }, input, list),
    h("p", { class: "clw-keys" }, h("kbd", {}, "\u2191"), h("kbd", {}, "\u2193"), " choose   ",
      h("kbd", {}, "Enter"), " add   ", h("kbd", {}, "Alt"), "+", h("kbd", {}, "Enter"), " look up in the code book"));
  return {
    element,
    ready(table) {
      index = table;
      input.disabled = false;
      input.placeholder = "Words of the diagnosis, or a code";
      element.dataset.ready = String(table.rows.length);
    },
    fail(message) { live.textContent = message; input.placeholder = "No code table"; },
  };
}
