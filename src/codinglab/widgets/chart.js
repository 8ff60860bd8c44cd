// The patient's record: documents as tabs, and evidence that lights up after marking.

function tabKeys(tabs, open) {
  return (event) => {
    const now = tabs.indexOf(event.currentTarget);
    const goal = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (goal === undefined) return;
    event.preventDefault();
    open((goal + tabs.length) % tabs.length, true);
  };
}

/** Return {element, highlight}: `highlight(name)` shows a span and says whether there is one. */
export function chart(view) {
  const panels = view.documents.map(([title, html]) => h("div", {
    class: "clw-document", role: "tabpanel", id: freshId("document"), tabindex: "0", html,
    "aria-label": title,
  }));
  const tabs = view.documents.map(([title], i) => h("button", {
    class: "clw-tab", type: "button", role: "tab", id: freshId("tab"), "aria-controls": panels[i].id,
  }, title));
  const open = (chosen, focus = false) => tabs.forEach((tab, i) => {
    tab.setAttribute("aria-selected", String(i === chosen));
    tab.tabIndex = i === chosen ? 0 : -1;
    panels[i].hidden = i !== chosen;
    if (focus && i === chosen) tab.focus();
  });
  tabs.forEach((tab, i) => {
    tab.addEventListener("click", () => open(i));
    tab.addEventListener("keydown", tabKeys(tabs, open));
  });
  open(0);
  const element = h("section", { class: "clw-chart", "aria-label": `Chart: ${view.title}` },
    h("div", { class: "clw-tabs", role: "tablist", "aria-label": "Documents of the chart" }, tabs),
    panels);
  const highlight = (name) => {
    element.querySelectorAll(".clw-lit").forEach((span) => span.classList.remove("clw-lit"));
    const spans = [...element.querySelectorAll("[data-evidence]")]
      .filter((span) => span.dataset.evidence === name);
    if (!spans.length) return false;
    spans.forEach((span) => span.classList.add("clw-lit"));
    const panel = spans[0].closest(".clw-document");
    open(panels.indexOf(panel));
    panel.scrollTop += spans[0].getBoundingClientRect().top - panel.getBoundingClientRect().top - 60;
    panel.focus({ preventScroll: true });
    return true;
  };
  return { element, highlight };
}
