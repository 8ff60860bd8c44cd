// The workspace: header, chart on the left, code search and worksheet on the right.

const SAVE_AFTER = 400;
const CHECK_AFTER = 350;

function header(view) {
  const facts = [view.setting, `${view.day_is} ${view.service_date}`, `about ${view.minutes} minutes`];
  return h("div", { class: "clw-header" },
    h("div", {},
      h("h2", {}, view.title, view.variant === null ? null : h("span", { class: "clw-chip" }, `variant ${view.variant}`)),
      h("p", { class: "clw-facts" }, facts.map((fact) => h("span", {}, fact)))),
    h("span", { class: "clw-use" }, view.practice ? "Practice" : "Graded"));
}

function hintBox(view, journal) {
  if (!view.hints.length) return null;
  let shown = 0;
  const list = h("ol", { class: "clw-hints", "aria-live": "polite" });
  const label = () => (shown < view.hints.length ? `Show hint ${shown + 1} of ${view.hints.length}` : "No more hints");
  const button = h("button", { class: "clw-button", type: "button", onclick: () => {
    if (shown >= view.hints.length) return;
    list.append(h("li", {}, view.hints[shown]));
    shown += 1;
    journal("hint", { number: shown });
    button.textContent = label();
    button.setAttribute("aria-disabled", String(shown >= view.hints.length));
  } }, label());
  return { button, list };
}

function helpBox(view) {
  return view.grammar.length ? h("details", { class: "clw-help" }, h("summary", {}, "How to write the worksheet"),
    h("pre", { tabindex: "0", "aria-label": "Notation" }, view.grammar.join("\n"))) : null;
}

/** The words on where the answer is; loud, with the text to copy, when it is nowhere. */
function savedBox(view, text) {
  const quiet = h("p", { class: "clw-saved" });
  const copy = h("textarea", { class: "clw-copy", readonly: true, rows: "6", "aria-label": "Text for the answer cell" });
  const reason = h("p");
  const button = h("button", { class: "clw-button clw-primary", type: "button", onclick: async () => {
    copy.select();
    try { await navigator.clipboard.writeText(copy.value); button.textContent = "Copied"; } catch {
      button.textContent = document.execCommand("copy") ? "Copied" : "Select the text and press Ctrl+C";
    }
  } }, "Copy the text");
  const loud = h("div", { class: "clw-notsaved", hidden: true },
    h("p", { class: "clw-shout", role: "alert" }), reason,
    h("p", {}, "Copy this text and paste it over the answer cell, then save the notebook with Ctrl+S."), copy, button);
  const shout = loud.querySelector(".clw-shout");
  return {
    element: h("div", {}, quiet, loud),
    tell(state, words) {
      const lost = state === "not-saved";
      copy.value = `${view.cell_line}\n${text()}`;
      // The warning stays until a save works: to come and go would move the page under the hand.
      if (!loud.hidden && !lost && state !== "saved") return;
      quiet.textContent = lost ? "" : words;
      quiet.dataset.state = state;
      loud.hidden = !lost;
      shout.textContent = lost ? "NOT SAVED" : "";
      if (!lost) return;
      reason.textContent = words;
      button.textContent = "Copy the text";
    },
  };
}

/**
 * Keep text and answer cell in step: `push` writes and saves, `pull` takes the cell's text, unless
 * something was typed here that the cell does not have yet. At first the cell wins.
 */
function stepWithCell({ model, el, view, paper, saved, journal }) {
  let known = null;
  const tell = (state, words) => {
    saved.tell(state, words);
    if (state === "saved") journal("edited", { lines: paper.text().split("\n").filter((line) => line.trim()).length });
  };
  const wrote = (text) => { known = text; };
  const keep = keeper({ model, element: el, line: view.cell_line, text: paper.text, tell, wrote });
  const push = later(SAVE_AFTER, keep);
  const pull = () => {
    const cell = findCell(model, el, view.cell_line);
    const text = cell.problem || (known !== null && known !== paper.text()) ? null : cell.read();
    if (text === null) return cell;
    known = text;
    if (text !== paper.text()) paper.set(text);
    return cell;
  };
  return { pull, push: () => { saved.tell("pending", "Not saved yet \u2026"); push(); }, flush: push.flush };
}

function build({ model, el, view, link, stop }) {
  const journal = link.journal;
  let table = null;
  const titleOf = (code) => {
    const row = table?.byCode.get(code.replace(".", "").toLowerCase());
    return row === undefined ? (table ? null : "") : table.rows[row][1];
  };
  const live = h("p", { class: "clw-hidden", role: "status" });
  const say = (words) => { live.textContent = words; };
  const record = chart(view);
  const marks = marking({ highlight: record.highlight, title: view.title });
  let step = null;
  let after = ""; // what Check adds, until the next edit
  const changed = () => { after = ""; marks.stale(); step.push(); check(); };
  const paper = sheet({ view, changed, left: () => step.flush(), read: (code) => book.read(code), titleOf, say });
  const found = findings({ goTo: paper.goTo });
  const check = later(CHECK_AFTER, () => ask());
  const ask = async () => {
    const text = paper.text();
    if (!text.trim() && !after) { found.clear(); return; }
    try { found.show(await link.ask("check", text), after); } catch (error) { found.fail(error.message); }
  };
  const addCode = ({ code, kind }) => {
    if (kind === "Diagnosis") paper.add(`dx ${dotted(code)}`);
    else if (kind === "Modifier") paper.modify(code);
    else if (kind === "Procedure") paper.add(`line ${code} x1 dx A`);
    else if (kind === "Procedure (PCS)") paper.add(`proc ${code} on ${view.service_date}`);
    else return `Not added: ${kind} ${code} has no line of its own in a worksheet.`;
    return "";
  };
  const addRead = ({ code }) => {
    const row = table?.byCode.get(code.replace(".", "").toLowerCase());
    addCode({ code, kind: row === undefined ? "Diagnosis" : kindOf(table, row) });
  };
  const book = codeBook({ ask: link.ask, add: addRead, journal, title: view.title });
  const wide = (text) => link.ask("search", text);
  const finding = view.finds_codes ? finder({ ask: wide, pick: addCode, read: book.read }) : null;
  const index = finding && view.books.length ? indexWalk({ ask: link.ask, read: book.read, journal, books: view.books }) : null;
  const tools = index ? codeTools({ finding: finding.element, index, bookOnly: view.book_only, journal }) : finding?.element;
  const saved = savedBox(view, paper.text);
  step = stepWithCell({ model, el, view, paper, saved, journal });
  const hints = hintBox(view, journal);
  const mark = h("button", { class: "clw-button clw-primary", type: "button", onclick: async () => {
    step.flush();
    if (!view.practice) { journal("checked"); after = view.who_marks; await ask(); return; }
    mark.disabled = true;
    try {
      const result = await link.ask("practice", paper.text());
      marks.show(result);
      found.show(result.findings, after);
      journal("practice-mark", { score: result.score });
    } catch (error) { marks.fail(error.message); } finally { mark.disabled = false; }
  } }, view.practice ? "Mark it" : "Check");
  el.replaceChildren(h("div", { class: "clw-frame" },
    header(view),
    h("p", { class: "clw-notice clw-warn", role: "status" }),
    h("div", { class: "clw-asked", html: view.instructions }),
    h("div", { class: "clw-columns" },
      record.element,
      h("div", { class: "clw-work" }, tools ?? null, book.element, paper.element, saved.element, found.element,
        h("div", { class: "clw-actions" }, mark, hints?.button), hints?.list, helpBox(view), marks.element)),
    live));
  if (finding) Promise.all([link.ask("table", ""), link.ask("synonyms", "")]).then(
    ([buffer, synonyms]) => readTable(buffer, view.procedures, synonyms),
  ).then((index) => {
    table = index;
    finding.ready(index);
    if (!view.book_only) wide("").catch(() => {}); // opens the kernel's search before it is needed
    paper.refresh();
  }, (error) => finding.fail(error.message));
  paper.set(view.text);
  const cell = step.pull();
  if (cell.problem) saved.tell("not-saved", cell.problem);
  else stop.push(cell.listen(step.pull));
  el.addEventListener("focusin", step.pull);
  if (paper.text().trim()) check();
  journal("opened");
}

function render({ model, el }) {
  const stop = [guardKeys(el)];
  const link = kernel(model);
  el.classList.add("clw");
  el.replaceChildren(h("p", {}, "Loading the case \u2026 (if it stays so, run this cell again)"));
  let built = false;
  const receive = (message) => {
    if (message.kind === "notice") el.querySelector(".clw-notice").textContent = message.message;
    if (message.kind !== "case" || built) return;
    built = true;
    try { build({ model, el, view: message.view, link, stop }); } catch (error) {
      el.replaceChildren(h("p", { role: "alert" }, `The workspace could not be drawn (${error.message}). `
        + "Write your worksheet in the answer cell itself, and show this line to your instructor."));
    }
  };
  model.on("msg:custom", receive);
  model.send({ kind: "open" });
  return () => { model.off("msg:custom", receive); link.stop(); stop.forEach((end) => end()); };
}

export default { render };
