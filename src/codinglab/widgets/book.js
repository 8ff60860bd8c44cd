// The code book: one code's place in the tabular list, its instructions, the codes below it.

function noteList(notes) {
  let last = "";
  return h("dl", { class: "clw-notes" }, notes.flatMap((note) => {
    const kind = `${note.kind} ${note.origin}`;
    const head = kind === last ? null : h("dt", {}, note.kind[0].toUpperCase() + note.kind.slice(1),
      note.origin ? h("span", { class: "clw-from" }, ` stated at ${dotted(note.origin)}`) : null);
    last = kind;
    return [head, h("dd", {}, note.text)];
  }));
}

/** Return {element, read}: the place of a code in the tabular list, its notes and its children. */
export function codeBook({ ask, add, journal, title }) {
  const content = h("div");
  const element = h("section", { class: "clw-book", hidden: true, tabindex: "-1", "aria-label": `Code book: ${title}` }, content);
  const step = (row) => h("button", { class: "clw-step", type: "button", onclick: () => read(row.code) },
    h("span", { class: "clw-code" }, dotted(row.code)), " ", row.title);
  const show = (details) => {
    const heading = [h("span", { class: "clw-code" }, dotted(details.code)), " ", details.title];
    content.replaceChildren(
      h("div", { class: "clw-bookhead" },
        h("p", { class: "clw-label" }, "Code book"),
        h("button", { class: "clw-button clw-small", type: "button", onclick: () => { element.hidden = true; } }, "Close")),
      details.ancestors.length
        ? h("ol", { class: "clw-path", "aria-label": "Where it stands" }, details.ancestors.map((row) => h("li", {}, step(row)))) : "",
      h("h3", {}, heading),
      h("p", { class: details.billable ? "clw-good" : "clw-warn" }, details.billable
        ? "\u2713 Billable: a claim may carry it." : "! Not billable: choose one of the longer codes below it."),
      details.billable ? h("button", { class: "clw-button", type: "button", onclick: () => add(details) },
        `Add ${dotted(details.code)} to the worksheet`) : "",
      details.children.length ? h("h4", {}, "Codes below it") : "",
      !details.children.length ? "" : h("ul", { class: "clw-children" }, details.children.map((row) => h("li", {}, step(row),
        row.billable ? null : h("span", { class: "clw-kind" }, "has longer codes")))),
      details.notes.length ? h("h4", {}, "Instructions") : "",
      details.notes.length ? noteList(details.notes) : "");
  };
  const read = async (code) => {
    element.hidden = false;
    journal("looked-up", { code: dotted(code) });
    try { show(await ask("details", code)); } catch (error) {
      content.replaceChildren(h("p", { class: "clw-warn" }, error.message));
    }
    element.focus({ preventScroll: true });
    element.scrollTop = 0;
    element.scrollIntoView({ block: "nearest" });
  };
  return { element, read };
}
