// A document to read: contents, then sections of paragraphs, lists, terms and real tables.
const documentCell = (cell, tag, label) => {
  const { text, to, under } = typeof cell === "string" ? { text: cell } : cell;
  const node = el(tag, "", /^https?:\/\//.test(to || "") ? outward({ text, to }) : text, under ? el("span", "below", under) : "");
  node.dataset.label = label;
  if (tag === "th") node.scope = "row";
  return node;
};

// A long table opens at a click; on a phone every wide one does.
const documentTable = (block) => {
  const folds = block.folded || (block.wide && matchMedia("(max-width: 44rem)").matches);
  const head = el("tr", "", ...block.columns.map((column) => { const th = el("th", "", column); th.scope = "col"; return th; }));
  const rows = block.rows.map((row) => el("tr", "", ...row.map((cell, at) => documentCell(cell, at ? "td" : "th", block.columns[at]))));
  const table = el("table", `listed columns-${block.columns.length}${block.wide ? " wide" : ""}`,
    folds ? "" : el("caption", "", block.label), el("thead", "", head), el("tbody", "", ...rows));
  table.setAttribute("aria-label", block.label);
  return folds ? el("details", "", el("summary", "", block.label), table) : table;
};

const documentBlock = {
  p: (block) => spoken(block.parts),
  h3: (block) => el("h3", "", block.text),
  ul: (block) => el("ul", "", ...block.items.map((item) => el("li", "", item))),
  dl: (block) => el("dl", "", ...block.items.map((item) => el("div", "", el("dt", "", item.term),
    el("dd", "", item.text, item.formula ? el("code", "", item.formula) : "")))),
  table: documentTable,
  code: (block) => { const node = el("pre", "", el("code", "", block.text)); node.tabIndex = 0; return node; },
};

draw.document = (data) => {
  const sections = data.sections.map((section) => {
    const title = el("h2", "", section.title);
    title.tabIndex = -1;
    const node = el("section", "", title, ...section.blocks.map((block) => documentBlock[block.kind](block)));
    node.dataset.section = section.id;
    return node;
  });
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const contents = el("nav", "contents", el("p", "", data.contents), el("ol", "", ...sections.map((section) => {
    const title = section.querySelector("h2");
    const button = el("button", "", title.textContent);
    button.type = "button";
    button.onclick = () => {
      section.scrollIntoView({ block: "start", behavior: still ? "auto" : "smooth" });
      title.focus({ preventScroll: true });
    };
    return el("li", "", button);
  })));
  contents.setAttribute("aria-label", data.contents);
  return el("div", "document", contents, el("div", "read", ...sections));
};

// The same blocks without sections, between the widgets of a page.
draw.blocks = (data) => el("div", "read", ...data.blocks.map((block) => documentBlock[block.kind](block)));
