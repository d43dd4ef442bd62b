// One row per step: a line from where the one side stands (hollow) to where the other does (filled).
draw.dumbbells = (data) => {
  const end = (side, at, left) => {
    const mark = el("i", `end ${at ? "filled" : "ring"}`);
    mark.style.left = `${side.at * 100}%`;
    const count = link(side.to, `n ${left ? "left" : "right"} ${at ? "now" : "then"}`, side.count);
    count.style.left = `${side.at * 100}%`;
    if (side.to) count.setAttribute("aria-label", side.label);
    count.title = side.label;
    return [mark, count];
  };
  const track = (item) => {
    const [one, other] = item.ends;
    const box = el("div", "track");
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", item.label);
    const span = el("i", "span");
    span.style.left = `${Math.min(one.at, other.at) * 100}%`;
    span.style.width = `${Math.abs(one.at - other.at) * 100}%`;
    const isFirstLeft = one.at < other.at || (one.at === other.at);
    box.append(el("div", "scale-line", span, ...end(one, 0, isFirstLeft), ...end(other, 1, !isFirstLeft)));
    return box;
  };
  const revised = (r) => [
    link(r.to, "mark-revised", r.chip),
    el("details", "wordings", el("summary", "", r.open),
      el("dl", "", ...r.texts.flatMap((text) => [el("dt", "", link(text.to, "", text.name)), el("dd", "", text.text)]))),
  ];
  const row = (item) => {
    const node = el("li", `bell ${item.mark ? item.mark.is : ""}`,
      el("div", "what", link(item.to, "name", item.name), el("p", "under", item.under), ...(item.revised ? revised(item.revised) : [])),
      track(item),
      el("div", "change", el("strong", "", item.change),
        item.mark ? el("span", "firm", item.mark.text) : "",
        item.people.length ? el("span", "people", ...item.people.map((text) => el("span", "", text))) : ""));
    node.dataset.step = item.step;
    return node;
  };
  const axis = () => el("div", "bell axis", el("span", ""), el("div", "track", el("div", "ticks", ...data.axis.map((word) => el("span", "", word)))), el("span", ""));
  const only = (group) => {
    if (!group.items.length) return el("p", "note", group.title);
    return el("details", "only", el("summary", "", group.title), el("ul", "", ...group.items.map((item) =>
      el("li", "", link(item.to, "", item.name), el("span", "count", ` · ${item.count}`, item.note ? ` · ${item.note}` : "")))));
  };
  const shown = data.rows.slice(0, data.shown), rest = data.rows.slice(data.shown);
  const section = el("section", "compare");
  if (data.rows.length) {
    const key = el("ul", "legend", ...data.legend.map((word, at) => el("li", "", el("i", `end ${at ? "filled" : "ring"}`), word)));
    section.append(el("h2", "", data.title), el("p", "note", data.note));
    if (data.shared) section.append(el("p", "shared", data.shared));
    section.append(key, axis(), el("ol", "bells", ...shown.map(row)));
    if (rest.length) section.append(el("details", "rest", el("summary", "", data.all), el("ol", "bells", ...rest.map(row))));
  }
  section.append(...data.only.map(only));
  return section;
};
