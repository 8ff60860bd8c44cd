// The page's own search, for while the kernel is busy: an index from words to the rows that have
// them. It knows titles alone; the kernel's ranks better (docs/search.md).

const CODE_LIKE = /^[a-z]\d[0-9a-z]*$|^\d[0-9a-z]+$/;
// Points: how a word was met, and what a title loses for each word and each character of its code.
// Common conditions have short titles and short codes, so that "hypertension" finds I10 first.
const BY_CODE = 9, BY_WORD = 6, BY_SYNONYM = 5, BY_ENDING = 5, BY_BEGINNING = 3, SCALE = 100;
const SHORTEST_STEM = 4, SHORTEST_TYPO = 5;
const LONGEST_PHRASE = 5, SILENT = /^(of|and|the|in|to|with|due)$/;
const PER_WORD = 30, PER_CHARACTER = 35, PHRASE = 60, WHOLE_CODE = 5000, LATER_ENCOUNTER = 150;

function plain(text) {
  const lower = text.toLowerCase().replace(/['\u2019]/g, "");
  return /[^\x00-\x7f]/.test(lower) ? lower.normalize("NFD").replace(/[\u0300-\u036f]/g, "") : lower;
}

// Ordinals and Roman numbers as the titles write them.
const WRITTEN = new Map([["1st", "first"], ["2nd", "second"], ["3rd", "third"], ["4th", "fourth"],
  ["5th", "fifth"], ["ii", "2"], ["iii", "3"]]);
const words = (text) => text.match(/[a-z0-9]+/g) || [];

/** Return what a word shares with its other endings: "fractures" and "fractured" are "fractur". */
function stem(word) {
  const plain = word.replace(/ies$/, "y").replace(/([^siu])s$/, "$1").replace(/(ing|ed|e|y)$/, "");
  return plain.length < SHORTEST_STEM ? word : plain;
}

async function unzip(buffer) {
  const stream = new Blob([buffer]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

/**
 * Return the index of `buffer` (gzip of `code TAB title` lines) and of the `extra` [code, title]
 * rows of procedures and modifiers, which come first: rows below `others` are theirs. `synonyms`
 * maps what people say to "wording|wording#code".
 */
export async function readTable(buffer, extra, synonyms) {
  const rows = extra.map(([code, title]) => [code, title]);
  for (const line of (await unzip(buffer)).split("\n")) {
    const tab = line.indexOf("\t");
    if (tab > 0) rows.push([line.slice(0, tab), line.slice(tab + 1)]);
  }
  return { ...await buildIndex(rows, extra.length), synonyms: new Map(Object.entries(synonyms || {})) };
}

/** Add `row` to the list of each of the words `found`, once. */
function enter(postings, found, row) {
  for (const word of found) {
    const list = postings.get(word);
    if (!list) postings.set(word, [row]);
    else if (list[list.length - 1] !== row) list.push(row);
  }
}

async function buildIndex(rows, others) {
  const postings = new Map();
  const titles = rows.map(([, title]) => plain(title));
  const length = new Uint8Array(rows.length);
  for (let row = 0; row < rows.length; row += 1) {
    const found = words(titles[row]);
    length[row] = found.length;
    enter(postings, found, row);
    if (row % 8192 === 8191) await new Promise((go) => { setTimeout(go); }); // let the page breathe
  }
  const vocabulary = [...postings.keys()].sort();
  const stems = new Map();
  for (const word of vocabulary) enter(stems, [stem(word)], word);
  const keys = rows.map(([code]) => code.replace(".", "").toLowerCase());
  const byKey = keys.map((_, row) => row).sort((a, b) => (keys[a] < keys[b] ? -1 : 1));
  return {
    rows, others, titles, length, keys, byKey, postings, vocabulary, stems,
    byCode: new Map(keys.map((key, row) => [key, row])),
    state: new Uint8Array(rows.length),
    score: new Uint16Array(rows.length),
  };
}

/** Return the first place in the sorted `count` items at which `at(i) >= value`. */
function lowerBound(count, at, value) {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(middle) < value) low = middle + 1; else high = middle;
  }
  return low;
}

function rowsOfCode(index, prefix) {
  const { keys, byKey } = index;
  const start = lowerBound(byKey.length, (i) => keys[byKey[i]], prefix);
  let end = start;
  while (end < byKey.length && keys[byKey[end]].startsWith(prefix)) end += 1;
  return byKey.slice(start, end);
}

/** Return the rows that have all of the words `said`. */
function rowsOfAll(index, said) {
  const lists = said.filter((word) => !SILENT.test(word)).map((word) => index.postings.get(word) || []);
  lists.sort((a, b) => a.length - b.length);
  return lists.slice(1).reduce((rows, list) => {
    const has = new Set(list);
    return rows.filter((row) => has.has(row));
  }, lists[0] || []);
}

/** Yield [rows, weight] of what a synonym stands for: its usual code, then its wordings. */
function* meanings(index, token) {
  const known = index.synonyms.get(token);
  if (known === undefined) return;
  const [wordings, code] = known.split("#");
  if (code) yield [rowsOfCode(index, code), BY_CODE];
  if (token.includes(" ")) yield [rowsOfAll(index, token.split(" ")), BY_WORD];
  else if (index.postings.has(token)) yield [index.postings.get(token), BY_WORD];
  for (const wording of wordings.split("|")) yield [rowsOfAll(index, words(plain(wording))), BY_SYNONYM];
}

/** Join the words that are one phrase of the synonyms, the longest first. */
function joined(index, tokens) {
  const found = [];
  for (let at = 0; at < tokens.length;) {
    let size = Math.min(LONGEST_PHRASE, tokens.length - at);
    while (size > 1 && !index.synonyms.has(tokens.slice(at, at + size).join(" "))) size -= 1;
    found.push(tokens.slice(at, at + size).join(" "));
    at += size;
  }
  return found;
}

/** Yield [rows, weight] of each way in which `token` is met, the best way first. */
function* meetings(index, token) {
  if (CODE_LIKE.test(token)) yield [rowsOfCode(index, token), BY_CODE];
  else if (index.byCode.has(token)) yield [[index.byCode.get(token)], BY_CODE];
  yield* meanings(index, token);
  const exact = index.postings.get(token);
  if (exact) yield [exact, BY_WORD];
  const inflected = exact || /(s|ed|ing)$/.test(token); // else it is a typing error
  for (const word of (inflected && index.stems.get(stem(token))) || []) {
    if (word !== token) yield [index.postings.get(word), BY_ENDING];
  }
  const { vocabulary } = index;
  for (let i = lowerBound(vocabulary.length, (k) => vocabulary[k], token);
    i < vocabulary.length && vocabulary[i].startsWith(token); i += 1) {
    if (vocabulary[i] !== token) yield [index.postings.get(vocabulary[i]), BY_BEGINNING];
  }
}

/** Say whether one letter more, less, other or two swapped neighbours make `a` of `b`. */
function nearly(a, b) {
  if (Math.abs(a.length - b.length) > 1) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  const [left, right] = [a.slice(at), b.slice(at)];
  return left.slice(1) === right || left === right.slice(1) || left.slice(1) === right.slice(1)
    || (left[0] === right[1] && left[1] === right[0] && left.slice(2) === right.slice(2));
}

/** Return the known word that is one letter away from a word nothing has; the most frequent one. */
function repaired(index, token) {
  if (token.length < SHORTEST_TYPO || /[^a-z]/.test(token)) return null;
  let [found, most] = [null, 0];
  const consider = (word, times) => {
    if (times > most && word[0] === token[0] && nearly(token, word)) [found, most] = [word, times];
  };
  for (const word of index.vocabulary) consider(word, index.postings.get(word).length);
  for (const word of found ? [] : index.synonyms.keys()) consider(word, 1);
  return found;
}

/** Give each row that met all tokens so far, and meets this one, its points; say whether any did. */
function meet(index, token, step) {
  const { state, score } = index;
  let met = false;
  for (const [rows, weight] of meetings(index, token)) {
    for (const row of rows) {
      if (state[row] !== step) continue;
      state[row] = step + 1;
      score[row] += weight;
      met = true;
    }
  }
  return met;
}


function codeQuery(text) {
  const joined = text.trim().toLowerCase().replace(/\./g, "");
  return CODE_LIKE.test(joined) ? [joined] : null;
}

function points(index, row, used, phrase) {
  const title = index.titles[row];
  const whole = index.keys[row] === phrase ? WHOLE_CODE : 0;
  return index.score[row] * SCALE + whole + (title.startsWith(used[0]) ? PHRASE : 0)
    + (used.length > 1 && title.includes(phrase) ? PHRASE : 0)
    - PER_WORD * index.length[row] - PER_CHARACTER * index.keys[row].length
    - (/^.{6}[^a\d]$/.test(index.keys[row]) ? LATER_ENCOUNTER : 0);
}

/** Return the `limit` best of the rows that met all words: one pass, no sort of thousands. */
function best(index, used, limit) {
  const phrase = used.join(" ");
  const top = [];
  for (const row of index.byKey) {
    if (index.state[row] !== used.length) continue;
    const mine = points(index, row, used, phrase);
    if (top.length === limit && mine <= top[limit - 1][0]) continue;
    let place = top.length;
    while (place > 0 && top[place - 1][0] < mine) place -= 1;
    top.splice(place, 0, [mine, row]);
    if (top.length > limit) top.pop();
  }
  return top.map(([, row]) => row);
}

/**
 * Return {found: [row...], ignored: [word...], mended: [[word, as what it was read]...]} for
 * what somebody typed, the best first.
 * All words must be met, by a whole word (endings aside), the beginning of one or of a code; a word
 * that nothing has is read as one that is a letter away, or left out and named in `ignored`.
 */
export function search(index, query, limit) {
  const tokens = (codeQuery(query) || words(plain(query).replace(/(\d)\.(?=\w)/g, "$1")))
    .slice(0, 12).map((word) => WRITTEN.get(word) || word);
  index.state.fill(0);
  index.score.fill(0);
  const used = [];
  const ignored = [];
  const mended = [];
  for (const token of joined(index, tokens)) {
    const known = meetings(index, token).next().done ? repaired(index, token) || token : token;
    if (!meet(index, known, used.length)) { ignored.push(token); continue; }
    used.push(known);
    if (known !== token) mended.push([token, known]);
  }
  return { found: used.length ? best(index, used, limit) : [], ignored, mended };
}
