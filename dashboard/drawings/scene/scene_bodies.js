// What a scene shows under its sentence: few rows, few words, one dot per voice.

sceneBodies.map = (body) => {
  const cell = (tiles) => el("div", `cell${tiles.length ? "" : " empty"}`, ...tiles.map((tile) => {
    const node = el("span", `tile ${tile.level === null ? "hatched" : `level-${tile.level}`}`, tile.n ? String(tile.n) : "–");
    node.title = tile.label;
    return node;
  }));
  const rows = body.rows.flatMap((row) => [el("div", "tool", row.name), ...row.cells.map((tiles, at) => {
    const node = cell(tiles);
    node.dataset.phase = body.columns[at];
    return node;
  })]);
  const grid = el("div", `big-map${body.rows.length < 5 ? " few-tools" : ""}`, el("div", "corner"), ...body.columns.map((name) => el("div", "phase", name)), ...rows);
  grid.style.setProperty("--columns", body.columns.length);
  grid.style.setProperty("--rows", body.rows.length);
  const swatches = [0, 1, 2, 3, 4].map((level) => el("i", `swatch level-${level}`));
  return el("section", "", grid, el("p", "map-key", body.scale.none, ...swatches, body.scale.all,
    el("i", "swatch hatched"), body.scale.silent, el("span", "map-n", body.scale.n)));
};

sceneBodies.gaps = (body) => el("section", "", el("ol", "big-gaps", ...body.rows.map((row) => comesAt(el("li", "",
  el("div", "what", el("p", "big-name", row.name), el("p", "small", row.under)),
  el("div", "who", dots(row.strip), el("p", "small", spoken(row.count, "span"), signs(row.effects))),
  el("div", "asks", el("p", "big-name", row.place), el("p", "small", row.why))), row))), keys(body.legend));

sceneBodies.places = (body) => el("section", "", el("ul", "big-places", ...body.rows.map((row) => comesAt(el("li", "",
  el("b", "how-many", String(row.n)),
  el("div", "what", el("p", "big-name", row.name), el("p", "small", row.why)),
  el("span", "squares", ...Array.from({ length: row.n }, () => el("i", "square")))), row))), el("p", "small", body.unit));

sceneBodies.lanes = (body) => el("section", "", el("div", "big-lanes",
  el("div", "lane-row heads", el("p", "small", body.left), el("span"), el("p", "small", body.right)),
  ...body.rows.map((row) => comesAt(el("div", `lane-row ${row.kind}`,
    row.kind === "written" ? el("p", "big-name", row.name) : el("span", "no-text"),
    el("span", "big-knot"),
    el("div", "done", row.kind === "written" ? "" : el("p", "big-name", row.name), dots(row.strip),
      el("p", "small", spoken(row.count, "span"), signs(row.effects)))), row))), keys(body.legend));

sceneBodies.step = (body) => {
  const voices = el("div", "voices-by-state", ...body.groups.map((group) => el("div", `state-of ${group.stance}`,
    el("span", "dots", ...Array.from({ length: group.n }, () => el("i", `dot ${group.stance}`))),
    el("p", "small", el("strong", "", String(group.n)), ` ${group.word}`))));
  voices.setAttribute("role", "img");
  voices.setAttribute("aria-label", body.label);
  const told = body.practices.map((row) => el("li", "", el("span", "dots", ...Array.from({ length: row.n }, () => el("i", `dot ${row.stance}`))),
    el("p", "big-name", row.name), signs(row.effects)));
  return el("section", "", el("div", "the-text", el("p", "small", body.written.label),
    el("p", "wording", body.written.text), el("p", "small", body.written.source)),
  voices, told.length ? el("ul", "instead", ...told) : "", keys(body.effects));
};

sceneBodies.practices = (body) => el("section", "", el("ul", `big-practices rows-${body.rows.length}`, ...body.rows.map((row) => comesAt(el("li", "",
  dots(row.strip),
  el("div", "what", el("p", "big-name", row.name), el("p", "small", row.under)),
  el("p", "small told-by", spoken(row.count, "span"), signs(row.effects))), row))), keys(body.legend));

sceneBodies.compare = (body) => el("section", "", el("ul", `big-compare rows-${body.rows.length}`, ...body.rows.map((row) => comesAt(el("li", "",
  row.texts.length ? "" : el("p", "big-name", row.name),
  ...row.ends.map((end, at) => el("div", "end",
    el("p", "small", end.name),
    row.texts.length ? el("p", "wording", row.texts[at]) : "",
    el("div", "who", dots(end.strip), el("p", "big-count", end.count)))),
  row.change ? el("p", "small change", row.change) : ""), row))), keys(body.legend));

sceneBodies.quote = (body) => el("section", "", el("blockquote", `says ${body.isFinding ? "finding" : "spoken"} ${body.text.length > 260 ? "long" : ""}`,
  el("p", "said-text", body.text),
  el("footer", "", el("i", `dot ${body.stance}`), ` ${body.who} · ${body.practice} · `, el("b", "", body.effect.sign), ` ${body.effect.word}`,
    body.note ? ` · ${body.note}` : "")));
