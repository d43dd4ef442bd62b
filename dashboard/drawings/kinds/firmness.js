const listed = (items) => el("ol", "listed", ...items.map((item) =>
  el("li", "", link(item.to, "name", item.name), item.facts ? el("p", "under", item.facts) : "")));

draw.firm = (data) => el("section", "", el("h2", "", data.title), spoken(data.sentence), listed(data.items));

draw.hidden = (data) => el("section", "", ...data.groups.map((group) =>
  el("div", "", el("h2", "", group.title), listed(group.items))));

draw.grid = (data) => {
  const cell = (tag, scope, text) => { const node = el(tag, "", text); if (scope) node.scope = scope; return node; };
  const table = el("table", "grid",
    el("thead", "", el("tr", "", ...data.head.map((text) => (text ? cell("th", "col", text) : el("td", ""))))),
    el("tbody", "", ...data.rows.map((row, at) => el("tr", at === data.marked ? "marked" : "",
      cell("th", "row", row[0]), ...row.slice(1).map((text) => el("td", "", text))))));
  const box = el("div", "sideways", table);
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", data.title);
  return el("section", "", el("h2", "", data.title), el("p", "note", data.note), box);
};
