// Draws what charts/*.py describe: maps of tiles, strips of dots, lanes and quotes, as ordinary HTML.
// Every text arrives as data and is set as textContent; nothing from a study is ever parsed as markup.

const el = (tag, className, ...children) => {
  const node = document.createElement(tag);
  if (className) node.className = className;
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === "") continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return node;
};

const spoken = (parts, tag = "p", className = "") =>
  el(tag, className, ...parts.map(([text, strong]) => (strong ? el("strong", "", text) : text)));

const hidden = (text) => el("span", "unseen", text);

const link = (to, className, ...children) => {
  if (!to) return el("span", className, ...children);
  const node = el("a", className, ...children);
  node.href = to.href;
  node.dataset.page = to.page;
  node.dataset.values = JSON.stringify(to.values);
  return node;
};

// One dot per voice; above the limit the same strip is a stacked bar.
const ORDER = ["as_written", "adapted", "worked_around", "left_out", "added", "told", "unclear", "not_raised"];
const dots = (strip) => {
  const total = ORDER.reduce((sum, stance) => sum + (strip.counts[stance] || 0), 0);
  const box = el("span", total > 40 ? "bar" : "dots");
  box.setAttribute("role", "img");
  box.setAttribute("aria-label", strip.label);
  for (const stance of ORDER) {
    const n = strip.counts[stance] || 0;
    if (!n) continue;
    if (total > 40) {
      const part = el("span", `part ${stance}`);
      part.style.flexGrow = n;
      box.append(part);
    } else {
      box.append(el("span", "group", ...Array.from({ length: n }, () => el("i", `dot ${stance}`))));
    }
  }
  return box;
};

const effects = (marks) =>
  el("span", "effects", ...marks.map((mark) => {
    const node = link(mark.to, "effect", el("b", "", mark.sign), `\u2009${mark.n}`, hidden(` ${mark.word}`));
    node.title = mark.word;
    return node;
  }));

const tally = (item) => el("p", "tally", dots(item.strip), el("span", "count", link(item.words, "number", spoken(item.count, "span")), effects(item.effects || [])));

const legend = (items) =>
  el("ul", "legend", ...items.map((item) =>
    el("li", "", item.stance ? el("i", `dot ${item.stance}`) : el("b", "sign", item.sign), item.word)));

const outward = (text) => {
  const node = el("a", "", text.text);
  if (/^https?:\/\//.test(text.to)) { node.href = text.to; node.target = "_blank"; node.rel = "noopener noreferrer"; }
  return node;
};

const spokenIn = (language, node) => { node.lang = language; return node; };

const SHOWN = 3;
// The numbers that an excerpt feeds, each with the way to all the words behind it.
const feeding = (items, title) =>
  items && items.length
    ? el("details", "feeds", el("summary", "", title.replace("{n}", items.length)),
      el("ul", "", ...items.map((item) => el("li", "", link(item.to, "", item.text)))))
    : "";

// `say` may mark words in a text: it returns the pieces that stand for it.
const quotes = (all, more, feeds, shown = SHOWN, say = (text) => text) => {
  const one = (quote) => el("blockquote", "", el("p", quote.isFinding ? "finding" : "quote", say(quote.text)),
    quote.translation ? spokenIn("en", el("p", "translation", say(quote.translation))) : "",
    el("footer", "", quote.to ? outward({ text: quote.who, to: quote.to }) : quote.who, ...quote.notes.map((n) => ` · ${n}`)),
    feeding(quote.feeds, feeds || ""));
  const nodes = all.slice(0, shown).map(one);
  if (all.length > shown) {
    nodes.push(el("details", "", el("summary", "", more.replace("{n}", all.length - shown)), ...all.slice(shown).map(one)));
  }
  return nodes;
};

const draw = {};
