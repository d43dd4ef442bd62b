// One scene of a talk, for a projector or a phone. Every text arrives as data and is set as textContent.

const sceneBodies = {};

// Draws a scene; the node then has showReveal(k), which shows its first k reveals and draws nothing anew.
const drawScene = (data, { reveal = 0, isPhone = false, counts = null } = {}) => {
  const node = el("article", `scene ${isPhone ? "on-phone" : "on-stage"} of-${data.body.kind}`);
  node.lang = data.language;
  const body = (sceneBodies[data.body.kind] || sceneBodies.problem)(data.body, data);
  body.classList.add("scene-body");
  const foot = el("footer", "scene-foot",
    el("span", "scene-source", data.source),
    data.chip ? el("span", "scene-chip", data.chip) : "",
    el("span", "scene-number", `${data.number} / ${data.of}`));
  node.append(el("header", "scene-head",
    data.eyebrow ? el("p", "scene-eyebrow", data.eyebrow) : "",
    data.sentence.length ? spoken(data.sentence, "h1", "scene-sentence") : ""), body, foot);
  const words = data.sentence.reduce((sum, [text]) => sum + text.length, 0);
  node.classList.add(words > 130 ? "says-much" : words > 70 ? "says-some" : "says-little");
  node.showReveal = (k) => {
    for (const part of node.querySelectorAll("[data-at]")) part.classList.toggle("is-waiting", Number(part.dataset.at) > k);
    node.classList.toggle("is-revealed", k >= 1);
    if (body.showReveal) body.showReveal(k);
  };
  node.body = body;
  if (counts) showTally(node, counts);
  node.classList.add("is-still");
  node.showReveal(reveal);
  requestAnimationFrame(() => requestAnimationFrame(() => node.classList.remove("is-still")));
  return node;
};

const comesAt = (node, row) => { node.dataset.at = row.at || 0; return node; };
const keys = (items) => (items && items.length ? legend(items) : "");
const signs = (marks) => el("span", "marks", ...marks.map((mark) =>
  el("span", "mark", el("b", "", mark.sign), ` ${mark.n}`, hidden(` ${mark.word}`))));

sceneBodies.problem = (body) => el("p", "scene-problem", body.text);

// Figures beside words. They stand for an idea and show no number, but for the voices: one dot each.
const SVG = "http://www.w3.org/2000/svg";
const drawnIn = (tag, attributes, ...children) => {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
};
const figures = {
  voices: ({ n }) => el("div", "dots all-voices", ...Array.from({ length: n }, () => el("i", "dot one-voice"))),
  one_of_many: () => {
    const columns = 20, rows = 16, odd = 20 * 10 + 13;
    const circles = Array.from({ length: columns * rows }, (_, at) => drawnIn("circle", {
      cx: 16 + (at % columns) * 31, cy: 16 + Math.floor(at / columns) * 31, r: at === odd ? 13 : 10,
      class: at === odd ? "the-one" : "the-many",
    }));
    return drawnIn("svg", { viewBox: `0 0 ${columns * 31} ${rows * 31}` }, ...circles);
  },
  two_lines: () => drawnIn("svg", { viewBox: "0 0 620 420" },
    drawnIn("path", { class: "as-planned", d: "M30 210 H590" }),
    drawnIn("path", { class: "as-walked", d: "M30 210 C90 210 95 120 150 110 S215 250 260 292 S330 330 372 258 S420 88 478 118 S540 210 590 210" }),
    drawnIn("circle", { class: "an-end", cx: 30, cy: 210, r: 15 }), drawnIn("circle", { class: "an-end", cx: 590, cy: 210, r: 15 })),
};

sceneBodies.words = (body) => {
  const node = el("section", body.rows.length ? "with-points" : "");
  if (body.rows.length) node.append(el("ul", "points", ...body.rows.map((row) => comesAt(el("li", "", spoken(row.text, "span")), row))));
  if (body.figure) {
    const figure = el("div", `figure ${body.figure.kind}`, figures[body.figure.kind](body.figure));
    figure.setAttribute("role", "img");
    figure.setAttribute("aria-label", body.figure.label);
    node.append(figure);
    node.classList.add("with-figure");
  }
  return node;
};
