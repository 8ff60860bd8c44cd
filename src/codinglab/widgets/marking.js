// What comes back on a worksheet: findings while one writes, and the marking of a practice case.

const WEIGHTS = { error: ["\u2717", "Correct this"], warning: ["!", "Look again"], note: ["i", "Note"] };
const VERDICTS = {
  exact: ["\u2713", "Right", "clw-good"],
  accepted: ["\u2713", "Accepted", "clw-good"],
  partial: ["\u25d0", "Part credit", "clw-warn"],
  missing: ["\u2717", "Missing", "clw-bad"],
  wrong: ["\u2717", "Wrong", "clw-bad"],
  extra: ["\u2717", "Not supported", "clw-bad"],
};

/** Return {element, show, fail}: the findings, each with its place as a way to the line. */
export function findings({ goTo }) {
  const head = h("p", { class: "clw-verdict", role: "status" });
  const list = h("ul", { class: "clw-findings" });
  const place = (name) => {
    const line = /^line (\d+)/i.exec(name);
    return line ? h("button", { class: "clw-step", type: "button", onclick: () => goTo(Number(line[1])) }, name) : name;
  };
  const put = (kind, words) => { head.className = `clw-verdict ${kind}`; if (head.textContent !== words) head.textContent = words; };
  const show = (rows, after = "") => {
    list.replaceChildren(...rows.map((row) => {
      const [icon, word] = WEIGHTS[row.severity] ?? WEIGHTS.note;
      return h("li", { class: `clw-${row.severity}` }, h("b", {}, `${icon} ${word}`), " ", place(row.place),
        `: ${row.message} `, h("span", { class: "clw-remedy" }, row.remedy));
    }));
    const wrong = rows.filter((row) => row.severity === "error").length;
    if (wrong) put("clw-bad", `\u2717 ${wrong} thing${wrong === 1 ? "" : "s"} to correct. ${after}`);
    else put("clw-good", `\u2713 The worksheet can be read. ${after}`);
  };
  return {
    element: h("div", { class: "clw-check" }, head, list), show,
    clear: () => { list.replaceChildren(); put("", ""); },
    fail: (message) => { list.replaceChildren(); put("clw-bad", message); },
  };
}

const percent = (score) => `${Math.round(score * 1000) / 10} %`;

/** Return {element, show, fail, stale}: the marking; `highlight(name)` finds evidence in the chart. */
export function marking({ highlight, title }) {
  const element = h("section", { class: "clw-marking", hidden: true, tabindex: "-1", "aria-label": `Marking: ${title}` });
  const old = h("p", { class: "clw-warn", hidden: true }, "! The worksheet has changed since it was marked.");
  const item = (row) => {
    const [icon, word, kind] = VERDICTS[row.verdict.toLowerCase()] ?? ["\u2022", row.verdict, ""];
    return h("li", {},
      h("span", { class: `clw-badge ${kind}` }, `${icon} ${word}`),
      h("div", {}, h("b", {}, row.what), h("p", {}, row.reason),
        row.cites.length ? h("p", { class: "clw-cite" }, row.cites.join("; ")) : null,
        row.evidence ? h("button", { class: "clw-button clw-small", type: "button", onclick: (event) => {
          if (!highlight(row.evidence)) event.currentTarget.replaceWith("The chart has no such passage.");
        } }, "Show it in the chart") : null));
  };
  const open = (...content) => {
    element.hidden = false;
    old.hidden = true;
    element.replaceChildren(...content);
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "nearest" });
  };
  return {
    element,
    show: (result) => open(
      h("h3", {}, `Score: ${percent(result.score)}`), old,
      h("meter", { class: "clw-meter", min: "0", max: "1", value: String(result.score), "aria-label": "Score" }),
      result.rows.length ? h("ul", { class: "clw-rows" }, result.rows.map(item))
        : h("p", {}, "There is nothing to mark yet: write at least one line."),
      result.methods.length ? h("h4", {}, "The same answer by the field's other methods") : "",
      h("dl", { class: "clw-methods" }, result.methods.map((one) => h("div", {}, h("dt", {}, one.name), h("dd", {}, one.score))))),
    fail: (message) => open(h("p", { class: "clw-bad" }, message)),
    stale: () => { old.hidden = false; },
  };
}
