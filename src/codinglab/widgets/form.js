// A claim form whose boxes tell what they are: click one, or walk with the arrow keys.

const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

function middle(box) {
  const at = box.getBoundingClientRect();
  return { x: at.left + at.width / 2, y: at.top + at.height / 2 };
}

// The nearest box above or below: sideways distance counts double, so that a column is kept.
function beyond(boxes, from, down) {
  const here = middle(from);
  let best = null;
  let least = Infinity;
  for (const box of boxes) {
    const there = middle(box);
    const far = (there.y - here.y) * (down ? 1 : -1);
    if (box === from || far < 4) continue;
    const cost = far + 2 * Math.abs(there.x - here.x);
    if (cost < least) [best, least] = [box, cost];
  }
  return best;
}

export function wire(root) {
  const boxes = [...root.querySelectorAll("a.clf-box")];
  const panel = root.querySelector(".clf-about");
  const sections = [...panel.querySelectorAll("section")];
  const hint = panel.querySelector(".clf-hint");
  if (!boxes.length) return;

  const rove = (box) => boxes.forEach((one) => { one.tabIndex = one === box ? 0 : -1; });
  const show = (box) => {
    hint.hidden = true;
    boxes.forEach((one) => one.removeAttribute("aria-current"));
    box.setAttribute("aria-current", "true");
    sections.forEach((one) => { one.hidden = one.dataset.box !== box.dataset.box; });
    const told = sections.find((one) => !one.hidden);
    const typed = told && told.querySelector("samp");
    if (typed) typed.textContent = box.dataset.typed || "nothing";
    panel.scrollTop = 0;
  };
  const go = (box) => {
    if (!box) return;
    rove(box);
    box.focus({ preventScroll: true });
    show(box);
    panel.scrollIntoView({ block: "nearest", inline: "nearest" });
    box.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  sections.forEach((one) => { one.hidden = true; });
  hint.hidden = false;
  rove(boxes[0]);
  root.addEventListener("click", (event) => {
    const box = event.target.closest("a.clf-box");
    if (!box) return;
    event.preventDefault();
    go(box);
  });
  root.addEventListener("keydown", (event) => {
    const box = event.target.closest && event.target.closest("a.clf-box");
    if (!box || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = boxes.indexOf(box);
    let next = null;
    if (event.key in STEPS) next = boxes[at + STEPS[event.key]];
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      next = beyond(boxes, box, event.key === "ArrowDown");
    } else if (event.key === "Home") next = boxes[0];
    else if (event.key === "End") next = boxes[boxes.length - 1];
    else if (event.key === "Enter" || event.key === " ") next = box;
    else return;
    event.preventDefault();
    event.stopPropagation();
    go(next);
  });
}

export default {
  render({ model, el }) {
    const take = (message) => {
      if (message.kind !== "page") return;
      el.innerHTML = message.html;
      wire(el);
    };
    model.on("msg:custom", take);
    model.send({ kind: "open" });
    return () => model.off("msg:custom", take);
  },
};
