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
  node.dataset.key = to.key;
  return node;
};

// One dot per voice; above the limit the same strip is a stacked bar.
const ORDER = ["as_written", "adapted", "worked_around", "left_out", "added", "aspect", "unclear", "not_raised"];
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
    const node = el("span", "effect", el("b", "", mark.sign), `\u2009${mark.n}`, hidden(` ${mark.word}`));
    node.title = mark.word;
    return node;
  }));

const tally = (item) => el("p", "tally", dots(item.strip), el("span", "count", spoken(item.count, "span"), effects(item.effects || [])));

const legend = (items) =>
  el("ul", "legend", ...items.map((item) =>
    el("li", "", item.stance ? el("i", `dot ${item.stance}`) : el("b", "sign", item.sign), item.word)));

const draw = {
  headline: (data) => el("header", "headline",
    el("p", "question", data.question),
    spoken(data.sentence, "h1", "sentence"),
    data.more ? el("p", "more", data.more) : "",
    el("p", "facts", data.facts.join(" · "), ...data.chips.map((chip) => el("span", "chip", chip)))),

  map: (data) => {
    const tile = (t) => {
      const node = link(t.to, `tile ${t.level === null ? "hatched" : `level-${t.level}`}`, el("span", "n", t.n), hidden(t.label));
      node.title = t.label;
      node.dataset.step = t.step;
      return node;
    };
    const head = el("thead", "", el("tr", "", el("td", "", hidden(data.corner)),
      ...data.columns.map((c) => { const th = el("th", "", c); th.scope = "col"; return th; })));
    const body = el("tbody", "", ...data.rows.map((row) => {
      const th = el("th", "", link(row.to, "tool", row.name));
      th.scope = "row";
      return el("tr", "", th, ...row.cells.map((cell, at) => {
        const td = el("td", cell.length ? "" : "empty", ...cell.map(tile));
        td.dataset.phase = data.columns[at];
        return td;
      }));
    }));
    const scale = el("p", "scale", el("span", "", data.scale.none), ...[0, 1, 2, 3, 4].map((l) => el("i", `swatch level-${l}`)),
      el("span", "", data.scale.all), el("i", "swatch hatched"), el("span", "", data.scale.notRaised));
    const table = el("table", "map", head, body);
    table.setAttribute("aria-label", data.label);
    return el("section", "", el("div", "titled", el("div", "", el("h2", "", data.title), el("p", "note", data.note)), scale), table);
  },

  gaps: (data) => el("section", "",
    el("h2", "", data.title), el("p", "note", data.note), legend(data.legend),
    el("ol", "gaps", ...data.items.map((item, at) => el("li", "gap",
      el("span", "rank", at + 1),
      el("div", "what", link(item.to, "name", item.name), el("p", "under", item.under)),
      tally(item),
      el("div", "place", el("strong", "", item.placement), el("p", "why", item.why)))))),

  lanes: (data) => {
    const row = (item) => {
      const unwritten = item.kind === "unwritten";
      return el("li", `lane ${unwritten ? "unwritten" : ""}`,
        el("span", "phase", item.phase || ""),
        el("div", "written", unwritten ? "" : link(item.to, "name", item.name), unwritten ? "" : el("p", "under", item.under)),
        el("span", "knot"),
        el("div", "done", unwritten ? el("p", "name", item.name) : "", tally(item)));
    };
    return el("section", "", legend(data.legend),
      el("div", "lanes-head", el("span", "phase"), el("h2", "written", data.left), el("span", "knot-space"), el("h2", "done", data.right)),
      el("ol", "lanes", ...data.rows.map(row)));
  },

  strip: (data) => el("section", "", el("h2", "", data.title), el("p", "note", data.note),
    el("ul", "voices", ...data.groups.map((group) => el("li", "",
      el("p", "state", `${group.word} · ${group.voices.length}`),
      el("ul", "named", ...group.voices.map((voice) => {
        const dot = el("i", `dot ${group.stance}`);
        const node = group.silent ? el("li", "", dot, hidden(voice.name)) : el("li", "voice", dot, voice.name, voice.note ? el("small", "", voice.note) : "");
        if (group.silent) node.title = voice.name;
        return node;
      })))))),

  columns: (data) => el("section", "three", ...data.columns.map((column) => el("div", "",
    el("h2", "", column.title),
    ...column.texts.map((text) => el("p", text.style || "", text.to ? outward(text) : text.text))))),

  words: (data) => el("section", "words", el("h2", "", data.title), el("p", "note", data.note), legend(data.legend),
    ...data.practices.map((practice) => el("article", `practice ${practice.stance}`,
      el("div", "", el("h3", "", el("i", `dot ${practice.stance}`), practice.name),
        el("p", "under", practice.facts.join(" · "), effects(practice.effects))),
      el("div", "", ...quotes(practice.quotes, data.more))))),

  bars: (data) => el("section", "", el("h2", "", data.title), el("p", "note", data.note),
    el("ul", "aspects", ...data.items.map((item) => el("li", "",
      el("span", "aspect", item.name), dots(item.strip), el("span", "count", item.count))))),

  counts: (data) => el("section", "", el("h2", "", data.title), el("p", "note", data.note),
    el("ul", "counts", ...data.items.map((item) => el("li", "", el("span", "big", item.n), el("div", "", el("strong", "", item.name), el("p", "why", item.why)))))),

  empty: (data) => el("p", "nothing", data.text),
};

const outward = (text) => {
  const node = el("a", "", text.text);
  if (/^https?:\/\//.test(text.to)) { node.href = text.to; node.target = "_blank"; node.rel = "noopener noreferrer"; }
  return node;
};

const spokenIn = (language, node) => { node.lang = language; return node; };

const SHOWN = 3;
const quotes = (all, more) => {
  const one = (quote) => el("blockquote", "", el("p", quote.isFinding ? "finding" : "quote", quote.text),
    quote.translation ? spokenIn("en", el("p", "translation", quote.translation)) : "",
    el("footer", "", quote.to ? outward({ text: quote.who, to: quote.to }) : quote.who, ...quote.notes.map((n) => ` · ${n}`)));
  const nodes = all.slice(0, SHOWN).map(one);
  if (all.length > SHOWN) {
    nodes.push(el("details", "", el("summary", "", more.replace("{n}", all.length - SHOWN)), ...all.slice(SHOWN).map(one)));
  }
  return nodes;
};

const isDark = (node) => {
  const colour = getComputedStyle(node).getPropertyValue("--st-background-color").trim();
  const [r, g, b] = (colour.match(/^#([0-9a-f]{6})/i) ? colour.slice(1).match(/../g).map((h) => parseInt(h, 16)) : [255, 255, 255]);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b < 128;
};

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".drawing");
  root.classList.toggle("dark", isDark(root));
  root.classList.toggle("large", Boolean(data.large));
  if (data.language) document.documentElement.lang = data.language;
  root.replaceChildren(draw[data.kind](data));
  root.onclick = (event) => {
    const anchor = event.target.closest("a[data-page]");
    if (!anchor || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    setTriggerValue("open", { page: anchor.dataset.page, key: anchor.dataset.key });
  };
}
