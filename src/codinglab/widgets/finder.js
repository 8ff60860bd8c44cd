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

function counted({ found, count, ignored, mended }, query) {
  if (!query.trim()) return "";
  const read = mended.map(([typed, as]) => ` Read "${typed}" as "${as}".`).join("");
  const left = ignored.length ? ` Left out, since no code has it with the rest: ${ignored.join(", ")}.` : "";
  if (!count) return `No code found for "${query}". Try fewer words, or the beginning of a word.`;
  const some = count > found.length ? `the best ${found.length} of ${count}` : `${count}`;
  return `${some} suggestion${count === 1 ? "" : "s"}.${read}${left}`;
}

/** Return {element, ready, fail}: an ARIA combobox; `pick(row)` adds, `read(code)` opens the book. */
export function finder({ pick, read }) {
  let index = null;
  let result = { found: [], count: 0, ignored: [], mended: [] };
  let active = -1;
  const listId = freshId("list");
  const input = h("input", {
    class: "clw-search", type: "text", role: "combobox", autocomplete: "off", spellcheck: "false",
    id: freshId("search"), "aria-autocomplete": "list", "aria-expanded": "false",
    "aria-controls": listId, disabled: true, placeholder: "Loading the code table \u2026",
  });
  const list = h("ul", { class: "clw-list", role: "listbox", id: listId, hidden: true, "aria-label": "Suggestions" });
  const live = h("p", { class: "clw-count", role: "status" });
  const options = () => [...list.children];
  const codeAt = (place) => index.rows[result.found[place]][0];

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
  const show = () => {
    result = search(index, input.value, SHOWN);
    list.replaceChildren(...result.found.map((row, place) => h("li", {
      role: "option", id: `${listId}-${place}`, "aria-selected": "false", "data-place": String(place),
    },
    h("span", { class: "clw-code" }, row >= index.others ? dotted(index.rows[row][0]) : index.rows[row][0]),
    h("span", { class: "clw-title" }, emphasised(index.rows[row][1], input.value)),
    row < index.others ? h("span", { class: "clw-kind" }, kindOf(index, row)) : null)));
    live.textContent = counted(result, input.value);
    close();
    if (!result.found.length) return;
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    choose(0, false);
  };
  const take = (place) => {
    const row = result.found[place];
    pick({ code: dotted(index.rows[row][0]), raw: index.rows[row][0], kind: kindOf(index, row), title: index.rows[row][1] });
    input.value = "";
    live.textContent = "";
    close();
  };
  input.addEventListener("input", show);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { close(); return; }
    const opens = event.key === "ArrowDown" || (event.key === "Enter" && !event.shiftKey);
    if (list.hidden && opens && input.value) { event.preventDefault(); show(); return; }
    if (list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) choose(active + step);
    else if (event.key === "Enter" && event.altKey) { const code = codeAt(active); close(); read(code); }
    else if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.metaKey) take(active);
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", () => setTimeout(() => {
    if (document.activeElement !== input) close(); // a pick only borrows the focus
  }, 150));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const place = event.target.closest("[data-place]")?.dataset.place;
    if (place !== undefined) take(Number(place));
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
