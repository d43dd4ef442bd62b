draw.headline = (data) => el("header", "headline",
  el("p", "question", data.question),
  spoken(data.sentence, "h1", "sentence"),
  data.more ? el("p", "more", data.more) : "",
  el("p", "facts", data.facts.join(" · "), ...data.chips.map((chip) => el("span", "chip", chip))));

draw.map = (data) => {
  const tile = (t) => {
    const node = link(t.to, `tile ${t.level === null ? "hatched" : `level-${t.level}`}`, el("span", "n", t.n), hidden(t.label));
    node.title = t.label;
    if (t.step) node.dataset.step = t.step;
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
    el("span", "", data.scale.all), ...(data.scale.notRaised ? [el("i", "swatch hatched"), el("span", "", data.scale.notRaised)] : []));
  const table = el("table", "map", head, body);
  table.setAttribute("aria-label", data.label);
  return el("section", data.shades || "", el("div", "titled", el("div", "", el("h2", "", data.title), el("p", "note", data.note)), scale), table);
};

draw.gaps = (data) => el("section", "",
  el("h2", "", data.title), el("p", "note", data.note), legend(data.legend),
  el("ol", "gaps", ...data.items.map((item, at) => el("li", "gap",
    el("span", "rank", at + 1),
    el("div", "what", link(item.to, "name", item.name), el("p", "under", item.under)),
    tally(item),
    el("div", "place", el("strong", "", item.placement), el("span", "meaning", item.meaning), el("p", "why", item.why), item.decided ? el("p", "decided", item.decided.replaceAll("-", "\u2011")) : "")))));

draw.counts = (data) => el("section", "", el("h2", "", data.title), el("p", "note", data.note),
  el("ul", "counts", ...data.items.map((item) => el("li", "", el("span", "big", item.n), el("div", "", el("strong", "", item.name), el("p", "why", item.why))))));

draw.empty = (data) => el("p", "nothing", data.text);
