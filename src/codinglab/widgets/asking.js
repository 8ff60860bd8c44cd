// Asking the kernel while somebody types: one question at a time, the newest text next.

// An answer takes about 30 ms here, and more over a network: who waits longer than twice the last
// one, but not under SHORTEST_WAIT, is given the page's own.
const SHORTEST_WAIT = 150, LONGEST_WAIT = 600;

/**
 * Return {put, once, stop}: `put(text)` asks `ask(text)`, and `got(text, answer)` hears of it unless
 * another text came after it. While no answer comes, `short(text)` is called instead, once a text;
 * `freed()` hears when the kernel answers again. `once(text)` promises the answer to a text
 * whatever comes after it, or null when the kernel is busy.
 */
export function newest({ ask, got, short, freed }) {
  let wanted = null;
  let underway = false;
  let busy = false;
  let wait = SHORTEST_WAIT;
  const giveUp = (one) => {
    if (one !== wanted) return;
    [wanted, busy] = [null, true];
    short(one.text);
  };
  const send = async () => {
    const one = wanted;
    const since = performance.now();
    underway = true;
    try {
      const answer = await ask(one.text);
      wait = Math.min(LONGEST_WAIT, Math.max(SHORTEST_WAIT, 2 * (performance.now() - since)));
      if (busy) { busy = false; freed(); }
      if (one === wanted) { wanted = null; got(one.text, answer); }
    } catch { giveUp(one); }
    underway = false;
    if (wanted) send();
  };
  return {
    put(text) {
      const one = { text };
      wanted = one;
      if (!underway) send();
      if (busy) giveUp(one); else setTimeout(() => giveUp(one), wait);
    },
    once: (text) => (busy ? Promise.resolve(null) : Promise.race([
      ask(text).catch(() => null), new Promise((accept) => { setTimeout(accept, wait, null); })])),
    stop() { wanted = null; },
  };
}
