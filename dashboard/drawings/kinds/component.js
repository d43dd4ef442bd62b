draw.lanes = (data) => {
  const row = (item) => {
    const unwritten = item.kind === "unwritten";
    return el("li", `lane ${unwritten ? "unwritten" : ""}`,
      el("span", "phase", item.phase || ""),
      el("div", "written", unwritten ? "" : link(item.to, "name", item.name), unwritten ? "" : el("p", "under", item.under)),
      el("span", "knot"),
      el("div", "done", unwritten ? link(item.to, "name", item.name) : "", tally(item)));
  };
  return el("section", "", legend(data.legend),
    el("div", "lanes-head", el("span", "phase"), el("h2", "written", data.left), el("span", "knot-space"), el("h2", "done", data.right)),
    el("ol", "lanes", ...data.rows.map(row)));
};

draw.bars = (data) => el("section", "", el("h2", "", data.title), el("p", "note", data.note), legend(data.legend),
  el("ul", "aspects", ...data.items.map((item) => el("li", "",
    link(item.to, "aspect", item.name), dots(item.strip),
    el("span", "count", link(item.words, "number", item.count), effects(item.effects))))));
