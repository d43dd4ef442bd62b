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

sceneBodies.words = (body) => el("ul", "points", ...body.rows.map((row) => comesAt(el("li", "", spoken(row.text, "span")), row)));
