// Small helpers for building the page. The parts are joined into one module by workspace.py.

/** Make an element: `h("p", {class: "x", onclick: f}, "text", child)`. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "html") element.innerHTML = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

function forNotebook(event) {
  const combined = event.ctrlKey || event.metaKey;
  const editing = "zyxcva".includes(event.key.toLowerCase()) && event.target.matches("textarea, input");
  return (combined && !editing) || (event.shiftKey && event.key === "Enter");
}

/**
 * Keep the notebook's commands from firing on keys that belong to somebody typing in `root`; return
 * how to stop. JupyterLab hears keys on their way up, Notebook 7 on their way down, before the
 * page does: the attribute, set at the window, is what its shortcuts respect, and they look at the
 * focused element before what is around it.
 */
export function guardKeys(root) {
  const down = (event) => {
    if (root.contains(event.target)) event.target.toggleAttribute("data-lm-suppress-shortcuts", !forNotebook(event));
  };
  const up = (event) => { if (!forNotebook(event)) event.stopPropagation(); };
  window.addEventListener("keydown", down, true);
  root.addEventListener("keydown", up);
  return () => window.removeEventListener("keydown", down, true);
}

/** Return `call` put off until `wait` ms after the last call, with `.flush()` to do it now. */
export function later(wait, call) {
  let timer = null;
  const run = () => { timer = null; call(); };
  const put = () => { clearTimeout(timer); timer = setTimeout(run, wait); };
  put.flush = () => { if (timer !== null) { clearTimeout(timer); run(); } };
  return put;
}

/** Return the code with the dot that coders write: E1122 becomes E11.22; E08-E13 stays. */
export function dotted(code) {
  return /^[a-z]\w{3,6}$/i.test(code) && !/^chapter/i.test(code) ? `${code.slice(0, 3)}.${code.slice(3)}` : code;
}

/** Return {element, open}: `panels` behind tabs called `names`; `opened(i)` hears of each choice. */
export function tabbed({ label, names, panels, opened = () => {} }) {
  const open = (chosen, focus = false) => {
    tabs.forEach((tab, i) => {
      tab.setAttribute("aria-selected", String(i === chosen));
      tab.tabIndex = i === chosen ? 0 : -1;
      panels[i].hidden = i !== chosen;
      if (focus && i === chosen) tab.focus();
    });
    opened(chosen);
  };
  const keys = (event) => {
    const now = tabs.indexOf(event.currentTarget);
    const goal = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (goal === undefined) return;
    event.preventDefault();
    open((goal + tabs.length) % tabs.length, true);
  };
  const tabs = names.map((name, i) => h("button", {
    class: "clw-tab", type: "button", role: "tab", id: freshId("tab"), "aria-controls": panels[i].id,
    onclick: () => open(i), onkeydown: keys,
  }, name));
  open(0);
  return { element: h("div", { class: "clw-tabs", role: "tablist", "aria-label": label }, tabs), open };
}

let counter = 0;
/** Return a fresh id that no other workspace on the page has. */
export function freshId(name) {
  counter += 1;
  return `clw-${name}-${counter}`;
}

/** Ask the kernel questions; each gets its own answer, or an error in plain words. */
export function kernel(model) {
  const waiting = new Map();
  let asked = 0;
  const receive = (message, buffers) => {
    const entry = waiting.get(message.ask);
    if (!entry) return;
    waiting.delete(message.ask);
    clearTimeout(entry.timer);
    if (message.kind === "failed") entry.refuse(new Error(message.message));
    else entry.accept(buffers && buffers.length ? buffers[0] : message.answer);
  };
  model.on("msg:custom", receive);
  const silent = "The kernel has not answered for 30 seconds. It may be busy or stopped: "
    + "choose Kernel, Restart Kernel and Run All Cells. Your text is kept.";
  return {
    ask: (kind, about) => new Promise((accept, refuse) => {
      const ask = `${Date.now()}-${asked += 1}`;
      const timer = setTimeout(() => { waiting.delete(ask); refuse(new Error(silent)); }, 30000);
      waiting.set(ask, { accept, refuse, timer });
      model.send({ kind, about, ask });
    }),
    journal: (event, more = {}) => model.send({ kind: "journal", event, ...more }),
    stop: () => model.off("msg:custom", receive),
  };
}
