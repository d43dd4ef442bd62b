// A text as people type it: lower case, accents folded (å is a, é is e), and where each sign stood in the text.
const folded = (text) => {
  const at = [];
  let plain = "";
  let place = 0;
  for (const sign of text) {
    const bare = sign.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    for (let n = 0; n < bare.length; n += 1) at.push(place);
    plain += bare;
    place += sign.length;
  }
  return { plain, at: [...at, text.length] };
};

const searched = (text) => folded(text).plain.split(/\s+/).filter(Boolean);

// The text in pieces, the stretches that hold one of the words as <mark>; "" where nothing is looked for.
const marked = (text, words) => {
  if (!words.length) return text;
  const { plain, at } = folded(text);
  const found = words.flatMap((word) => {
    const places = [];
    for (let n = plain.indexOf(word); n >= 0; n = plain.indexOf(word, n + word.length)) places.push([at[n], at[n + word.length]]);
    return places;
  }).sort((one, other) => one[0] - other[0]);
  const pieces = [];
  let from = 0;
  for (const [start, end] of found) {
    if (end <= from) continue;
    pieces.push(text.slice(from, Math.max(from, start)), el("mark", "", text.slice(Math.max(from, start), end)));
    from = end;
  }
  return [...pieces, text.slice(from)];
};

// A card's quotes, those that hold most of the words first; null where the name and no quote together hold all.
const matching = (card, words) => {
  if (!words.length) return card.quotes;
  card.plain ||= { name: folded(card.name).plain, quotes: card.quotes.map((q) => folded(`${q.text}\n${q.translation}`).plain) };
  const { name, quotes: said } = card.plain;
  const held = (quote) => words.filter((word) => quote.includes(word)).length;
  const isHere = [name, ...said].some((quote) => words.every((word) => name.includes(word) || quote.includes(word)));
  if (!isHere) return null;
  return card.quotes.map((quote, at) => [held(said[at]), quote]).sort((one, other) => other[0] - one[0]).map((pair) => pair[1]);
};

const practiceCard = (card, said, data, shown, words) => {
  const say = (text) => marked(text, words);
  const gap = card.gap;
  return el("article", `practice card ${card.stance}`,
    el("div", "",
      el("h3", "", el("i", `dot ${card.stance}`), link(card.to, "name", say(card.name))),
      el("div", "about",
        el("p", "under", card.under),
        tally(card),
        card.fragile ? el("p", "fragile", el("b", "", "!"), card.fragile) : "",
        gap.text ? el("p", "gap-of", gap.text, gap.step ? [" ", link(gap.to, "at-step", gap.step)] : "") : "",
        ...card.facts.map((fact) => el("p", "why", fact)))),
    el("div", "", ...quotes(said, data.more, data.feeds, shown, say)));
};

// What is typed and not yet noted, so that a drawing that comes in between does not lose it.
let typing = null;

const FIRST_CARDS = 12;
const TYPING_RESTS = 500; // milliseconds
draw.library = (data, setState) => {
  let all = false;
  let waiting = 0;
  const field = el("input", "");
  field.type = "search";
  field.autocomplete = "off";
  field.spellcheck = false;
  field.value = typing ?? data.find ?? "";
  const count = el("p", "found");
  count.setAttribute("aria-live", "polite");
  const list = el("div", "cards");
  const box = el("section", "library", el("h2", "", data.title), el("p", "note", data.note),
    el("div", "finding-line", el("label", "search", el("span", "", data.search), field), count), legend(data.legend), list);

  const show = () => {
    const words = searched(field.value);
    const found = data.cards.map((card) => [card, matching(card, words)]).filter((pair) => pair[1]);
    const said = found.length < data.total ? data.count.some : found.length === 1 ? data.count.one : data.count.all;
    count.textContent = said.replace("{shown}", found.length).replace("{n}", data.total);
    const cards = found.slice(0, all ? found.length : FIRST_CARDS).map(([card, quoted]) => practiceCard(card, quoted, data, 1, words));
    list.replaceChildren(...(cards.length ? cards : [el("p", "nothing", data.nothing.replace("{n}", data.total).replace("{words}", () => field.value.trim()))]));
    if (cards.length < found.length) {
      const more = el("button", "show-all", data.showAll.replace("{n}", found.length));
      more.type = "button";
      more.onclick = () => {
        all = true;
        show();
        list.children[FIRST_CARDS].querySelector("a").focus();
      };
      list.append(more);
    }
  };
  let sent = []; // noted, and not yet come back with a drawing
  let last = data.find || "";
  const note = () => {
    typing = null;
    const text = field.value.trim();
    if (!box.isConnected || text === last) return;
    last = text;
    sent.push(text);
    setState("find", text);
  };
  box.look = (find) => {
    const own = sent.indexOf(find);
    sent = own < 0 ? sent : sent.slice(own + 1);
    if (own >= 0 || typing !== null || sent.length || find === field.value.trim()) return;
    field.value = find;
    last = find;
    show();
  };
  const typed = () => {
    typing = field.value;
    clearTimeout(waiting);
    waiting = setTimeout(note, TYPING_RESTS);
    show();
  };
  field.oninput = typed;
  field.onkeydown = (event) => {
    if (event.key !== "Escape" || !field.value) return;
    event.preventDefault();
    field.value = "";
    typed();
  };
  show();
  return box;
};

draw.practice = (data) => el("section", "library alone",
  el("p", "back", link(data.back.to, "", data.back.text)), el("h2", "", data.title), legend(data.legend),
  practiceCard(data.card, data.card.quotes, data, data.card.quotes.length, []));
