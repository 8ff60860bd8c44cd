// The worksheet: a text that is the truth, what it says read back, and the findings on it.

const DIAGNOSIS = /^\s*p?dx\s+([^\s#]+)/i;
const SERVICE = /^\s*line\s+([^\s#-]+)/i;
const UNKNOWN = "not in the table of billable codes";
const UNKNOWN_PROCEDURE = "not in this lab's table; look it up in your own book";

/** Return what the text names: [{line, mark, code, title}], diagnoses lettered as on the claim. */
function readBack(text, titleOf) {
  let letters = 0;
  return text.split("\n").flatMap((line, number) => {
    const [diagnosis, service] = [DIAGNOSIS.exec(line), SERVICE.exec(line)];
    if (!diagnosis && !service) return [];
    const code = (diagnosis ?? service)[1].toUpperCase();
    if (service) return [{ line: number, mark: "line", code, title: titleOf(code) ?? UNKNOWN_PROCEDURE }];
    letters += 1;
    return [{ line: number, mark: String.fromCharCode(64 + letters), code: dotted(code), title: titleOf(code) ?? UNKNOWN }];
  });
}

function caretLine(area) {
  return area.value.slice(0, area.selectionStart).split("\n").length - 1;
}

/** Return {element, text, set, add, modify, goTo, refresh}; `changed()` hears of every edit. */
export function sheet({ view, changed, left, read, titleOf, say }) {
  const id = freshId("worksheet");
  const gutter = h("pre", { class: "clw-gutter", "aria-hidden": "true" });
  const area = h("textarea", {
    class: "clw-text", id, spellcheck: "false", autocomplete: "off", autocapitalize: "off", wrap: "off", rows: "6",
    placeholder: view.example,
  });
  const back = h("ul", { class: "clw-back" });

  const replace = (from, to, text) => {
    const focused = document.activeElement;
    area.focus({ preventScroll: true });
    area.setSelectionRange(from, to);
    // The browser's own command keeps Ctrl+Z working; it is missing in some browsers.
    const done = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
    if (!done) { area.setRangeText(text, from, to, "end"); edited(); }
    if (focused && focused !== area && focused !== document.body) focused.focus({ preventScroll: true });
  };
  const rewrite = (lines, caret) => {
    const text = lines.join("\n");
    if (text !== area.value) replace(0, area.value.length, text);
    const before = lines.slice(0, caret).join("\n").length + (caret ? 1 : 0);
    area.setSelectionRange(before, before);
  };
  const move = (line, by) => {
    const lines = area.value.split("\n");
    const goal = line + by;
    if (goal < 0 || goal >= lines.length || line >= lines.length) return;
    [lines[line], lines[goal]] = [lines[goal], lines[line]];
    rewrite(lines, goal);
    say(`Moved to line ${goal + 1}.`);
  };
  const remove = (line) => {
    const lines = area.value.split("\n");
    const [gone] = lines.splice(line, 1);
    rewrite(lines, Math.max(0, line - 1));
    say(`Removed: ${gone.trim()}.`);
  };
  const add = (line) => {
    const kept = area.value.replace(/\s+$/, "");
    replace(kept.length, area.value.length, `${kept ? "\n" : ""}${line}\n`);
    say(`Added: ${line}.`);
  };
  /** Put a modifier on the service line at the caret, or on the last one. */
  const modify = (modifier) => {
    const lines = area.value.split("\n");
    const places = lines.flatMap((line, i) => (SERVICE.test(line) ? [i] : []));
    if (!places.length) { say("A modifier goes on a service line: add the procedure first."); return; }
    const at = places.includes(caretLine(area)) ? caretLine(area) : places[places.length - 1];
    lines[at] = lines[at].replace(/^(\s*line\s+[^\s#]+)/i, `$1-${modifier}`);
    rewrite(lines, at);
    say(`Modifier ${modifier} put on line ${at + 1}.`);
  };
  const button = (label, title, call, disabled = false) => h("button", {
    class: "clw-icon", type: "button", "aria-label": title, title, disabled, onclick: call,
  }, label);
  const row = (item, place, all) => h("li", {},
    h("span", { class: "clw-mark" }, item.mark),
    h("span", { class: "clw-said" },
      item.mark === "line" ? h("span", { class: "clw-code" }, item.code)
        : h("button", { class: "clw-step", type: "button", title: "Open in the code book", onclick: () => read(item.code) },
          h("span", { class: "clw-code" }, item.code)),
      " ", h("span", { class: [UNKNOWN, UNKNOWN_PROCEDURE].includes(item.title) ? "clw-unknown" : "" }, item.title)),
    h("span", { class: "clw-moves" },
      button("\u2191", `Move ${item.code} up`, () => move(item.line, -1), item.line === 0),
      button("\u2193", `Move ${item.code} down`, () => move(item.line, 1), place === all.length - 1 && item.line >= area.value.trimEnd().split("\n").length - 1),
      button("\u00d7", `Remove ${item.code}`, () => remove(item.line))));
  const refresh = () => {
    const count = Math.max(6, area.value.split("\n").length + 1);
    area.rows = count;
    gutter.textContent = Array.from({ length: count }, (_, i) => i + 1).join("\n");
    const items = readBack(area.value, titleOf);
    back.replaceChildren(...items.map(row));
    back.hidden = !items.length;
  };
  const edited = () => { refresh(); changed(); };
  area.addEventListener("input", edited);
  area.addEventListener("blur", left);
  area.addEventListener("keydown", (event) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by || !event.altKey) return;
    event.preventDefault();
    move(caretLine(area), by);
  });
  const write = (start) => {
    add(start);
    area.focus();
    area.setSelectionRange(area.value.length - 1, area.value.length - 1);
  };
  const element = h("section", { class: "clw-sheet" },
    h("div", { class: "clw-sheethead" },
      h("label", { class: "clw-label", for: id }, "Worksheet"),
      h("span", { class: "clw-tools" },
        view.starters.map(([start, label]) => h("button", { class: "clw-button clw-small", type: "button", onclick: () => write(start) }, label)))),
    h("div", { class: "clw-editor" }, gutter, area),
    back);
  refresh();
  return {
    element, add, modify, refresh,
    text: () => area.value,
    set: (text) => { area.value = text; refresh(); },
    goTo(line) {
      const lines = area.value.split("\n");
      const from = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
      area.focus();
      area.setSelectionRange(from, from + (lines[line - 1] ?? "").length);
    },
  };
}
