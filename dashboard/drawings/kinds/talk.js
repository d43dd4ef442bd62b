// The scenes of a talk in their order, with what each says and when it comes.
draw.talk = (data) => el("section", "talk", el("h2", "", data.title), el("p", "note", data.note),
  data.rows.length ? el("ol", "scenes", ...data.rows.map((row) => {
    const node = link(row.to, `scene-row${row.isHere ? " here" : ""}`,
      el("span", "scene-at", String(row.number)),
      el("span", "scene-what", el("span", "scene-title", row.title), spoken(row.sentence, "span", "scene-says"),
        row.problem ? el("span", "scene-problem", row.problem) : ""),
      el("span", "scene-kind", row.kind, row.more ? ` · ${row.more}` : ""),
      el("span", "scene-time", row.time));
    if (row.isHere) node.setAttribute("aria-current", "true");
    return el("li", "", node);
  })) : el("p", "nothing", data.nothing));
