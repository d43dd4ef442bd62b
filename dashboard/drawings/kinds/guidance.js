// Written sources by obligation: a table of what bends by tool, then each document with a tile per step.
const shades = (scale) => el("p", "scale", el("span", "", scale.none), ...[0, 1, 2, 3, 4].map((l) => el("i", `swatch level-${l}`)),
  el("span", "", scale.all), el("span", "", el("i", "swatch hatched"), " ", scale.notRaised));

const shaded = (item, className, text) => {
  const node = link(item.to, `${className} ${item.level === null ? "hatched" : `level-${item.level}`}`, el("span", "n", text), hidden(` ${item.label}`));
  node.title = item.label;
  if (item.step) node.dataset.step = item.step;
  return node;
};

const weighed = (data) => {
  const th = (scope, className, child) => { const node = el("th", className, child); node.scope = scope; return node; };
  const head = el("thead", "", el("tr", "", el("td", "", hidden(data.corner)),
    ...data.columns.map((column) => th("col", "", link(column.to, "narrow", column.name)))));
  const body = el("tbody", "", ...data.rows.map((row) => el("tr", "",
    th("row", row.isLaw ? "heavy" : "", link(row.to, "narrow", row.name)),
    ...row.cells.map((cell, at) => {
      const td = el("td", cell ? "" : "empty", cell ? shaded(cell, "tile share", cell.text) : "");
      td.dataset.tool = data.columns[at].name;
      return td;
    }))));
  const table = el("table", "weighed", head, body);
  table.setAttribute("aria-label", data.label);
  return el("section", "weighing", el("div", "titled", el("div", "", el("h2", "", data.title), el("p", "note", data.note)), shades(data.scale)), table);
};

draw.guidance = (data) => {
  const step = (item) => el("li", "asked", el("div", "what", link(item.to, "name", item.name), el("p", "under", item.under)),
    tally(item),
    el("div", "place", el("strong", "", item.placement), el("p", "why", item.why),
      item.doubt ? el("p", "why", item.doubt) : "", item.better ? el("p", "better", item.better) : ""));
  const source = (item) => {
    const steps = el("details", "its", el("summary", "", item.summary));
    const fill = () => { // a study may hold a thousand steps: what lies behind them is drawn when it is asked for
      if (steps.childElementCount > 1) return;
      steps.append(legend(data.legend), el("ol", "", ...item.steps.map(step)), el("p", "why", item.suggestion));
    };
    steps.addEventListener("toggle", fill);
    if (item.isOpen) { fill(); steps.open = true; }
    const about = item.under.join(" · ");
    return el("article", `source ${item.bends ? "bends" : ""}`,
      el("div", "what", el("h4", "", link(item.to, "title", item.title)),
        el("p", "under", about, item.source ? (about ? " · " : "") : "", item.source ? outward(item.source) : "")),
      el("p", "marks", ...item.marks.map((mark) => shaded(mark, "tile", mark.n))),
      el("div", "fate", spoken(item.line, "p", "line"), el("p", "why", item.placements.join(" · "))),
      steps);
  };
  const level = (item) => {
    const rest = item.documents.slice(item.shown);
    const more = el("details", "rest", el("summary", "", item.rest), ...rest.map(source));
    more.open = item.isRestOpen;
    return el("section", `level ${item.isLaw ? "law" : ""}`,
      el("h3", "", item.name), el("p", "note", `${item.under.join(" · ")} · `, ...spoken(item.line, "span").childNodes),
      ...item.documents.slice(0, item.shown).map(source), rest.length ? more : "");
  };
  return el("div", "guidance", data.matrix ? weighed(data.matrix) : "",
    el("div", "titled", el("div", "", el("h2", "", data.title), el("p", "note", data.note)), shades(data.scale)),
    ...data.levels.map(level));
};
