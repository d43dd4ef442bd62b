// Draws a whole page from the data that stands in the same file. All of it is set as text; nothing is asked for.
const taken = JSON.parse(document.getElementById("taken").textContent);

const shown = (value) => {
  if (value === true) return "✓";
  if (value === false || value === null) return "";
  return typeof value === "number" && !Number.isInteger(value) ? value.toFixed(2) : value;
};

const tableOf = (data) => {
  const isNumber = data.columns.map((_, at) => data.rows.some((row) => typeof row[at] === "number"));
  const head = data.columns.map((name, at) => { const th = el("th", isNumber[at] ? "number" : "", name); th.scope = "col"; return th; });
  const rows = data.rows.map((row) => el("tr", "", ...row.map((value, at) => el("td", isNumber[at] ? "number" : "", shown(value)))));
  const box = el("div", "sideways", el("table", "numbers-table", el("caption", "", data.caption), el("thead", "", el("tr", "", ...head)), el("tbody", "", ...rows)));
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", data.caption);
  return box;
};

const partOf = (part) => {
  const node = el("section", "part", el("h2", "", part.title),
    part.under ? el("p", "under", part.under) : "", el("p", part.under ? "said-first" : "", part.sentence),
    part.strip ? dots(part.strip) : "", part.facts.length ? el("p", "count", part.facts.join(" · ")) : "",
    part.columns.length ? draw.columns({ columns: part.columns }) : "",
    part.points.length ? el("dl", "points", ...part.points.flatMap(([name, text]) => [el("dt", "", name), el("dd", "", text)])) : "",
    part.table ? tableOf(part.table) : "",
    part.quotes.length ? el("h3", "", taken.words.quotes) : "", ...quotes(part.quotes, taken.words.more, "", part.quotes.length),
    part.source ? el("p", "under", part.source) : "");
  node.id = part.key;
  return node;
};

// A table with all numbers is made when it is opened: a large study has many rows.
const numbersOf = (data) => {
  const node = el("details", "numbers", el("summary", "", `${data.name} · ${data.rows.length}`));
  node.addEventListener("toggle", () => { if (node.open && node.children.length === 1) node.append(tableOf(data)); });
  return node;
};

const boxed = (...children) => el("div", "drawing", ...children);
const linkedPart = (part) => { const node = el("a", "", part.title); node.href = `#${encodeURIComponent(part.key)}`; return el("li", "", node); };
const contents = () => {
  const node = el("nav", "contents-of", el("ul", "", ...taken.sections.map(linkedPart)));
  node.setAttribute("aria-label", taken.words.contents);
  return node;
};

const page = document.getElementById("page");
document.title = `${taken.question} · ${taken.title}`;
page.append(...taken.drawings.slice(0, 1).map((data) => boxed(draw[data.kind](data))));
if (taken.sections.length > 1) page.append(boxed(contents()));
page.append(...taken.drawings.slice(1).map((data) => boxed(draw[data.kind](data, () => {}))));
page.append(...taken.sections.map((part) => boxed(partOf(part))));
if (taken.tables.length) page.append(boxed(el("section", "numbers", el("h2", "", taken.words.tables), ...taken.tables.map(numbersOf))));
page.append(boxed(el("section", "limits", el("h2", "", taken.words.limits), el("ul", "", ...taken.limits.map((text) => el("li", "", text))))));
page.append(boxed(el("footer", "stamp", ...taken.stamp.map((text) => el("p", "", text)))));

const isDark = matchMedia("(prefers-color-scheme: dark)");
const onPaper = matchMedia("print");
const dress = () => {
  const dark = isDark.matches && !onPaper.matches;
  for (const node of [document.documentElement, ...document.querySelectorAll(".drawing")]) node.classList.toggle("dark", dark);
  if (onPaper.matches) for (const node of document.querySelectorAll("details:not(.numbers)")) node.open = true;
};
isDark.addEventListener("change", dress);
onPaper.addEventListener("change", dress);
dress();
