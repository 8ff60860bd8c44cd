// The patient's record: documents as tabs, and evidence that lights up after marking.

/** Return {element, highlight}: `highlight(name)` shows a span and says whether there is one. */
export function chart(view) {
  const panels = view.documents.map(([title, html]) => h("div", {
    class: "clw-document", role: "tabpanel", id: freshId("document"), tabindex: "0", html,
    "aria-label": title,
  }));
  const tabs = tabbed({
    label: "Documents of the chart", names: view.documents.map(([title]) => title), panels,
  });
  const element = h("section", { class: "clw-chart", "aria-label": `Chart: ${view.title}` },
    tabs.element, panels);
  const highlight = (name) => {
    element.querySelectorAll(".clw-lit").forEach((span) => span.classList.remove("clw-lit"));
    const spans = [...element.querySelectorAll("[data-evidence]")]
      .filter((span) => span.dataset.evidence === name);
    if (!spans.length) return false;
    spans.forEach((span) => span.classList.add("clw-lit"));
    const panel = spans[0].closest(".clw-document");
    tabs.open(panels.indexOf(panel));
    panel.scrollTop += spans[0].getBoundingClientRect().top - panel.getBoundingClientRect().top - 60;
    panel.focus({ preventScroll: true });
    return true;
  };
  return { element, highlight };
}
