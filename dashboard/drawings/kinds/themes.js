// The codebook as a tree; each line is a code, its dots, and two numbers that lead to the words. What opens a folder is
// a button and not a <summary>, which must hold no links.
draw.themes = (data) => {
  const hasVoices = Boolean(data.heads[1]);
  const number = (item) => link(item.to, "excerpts", item.n, el("span", "unit", ` ${item.unit}`));
  const line = (item, name) => el("div", "code-line",
    el("span", "code-name", name,
      item.definition ? el("span", "definition", item.definition) : "", item.alone ? el("span", "definition", item.alone) : ""),
    hasVoices ? el("span", "told", dots(item.strip), link(item.to, "voices-of", item.voices, el("span", "unit", ` ${data.unit}`))) : "",
    number(item));
  const list = (items) => {
    const first = items.length < data.atFirst + 3 ? items.length : data.atFirst; // no click for one or two more
    const shown = el("ul", "codes", ...items.slice(0, first).map(node));
    if (items.length === first) return [shown];
    return [shown, el("details", "more-codes", el("summary", "", data.more.replace("{n}", items.length)),
      el("ul", "codes", ...items.slice(first).map(node)))];
  };
  const node = (item) => {
    if (!item.below.length) return el("li", "", line(item, el("span", "name", item.name)));
    const opener = el("button", "name", item.name);
    const below = el("div", "below", ...list(item.below));
    const show = (isOpen) => { below.hidden = !isOpen; opener.setAttribute("aria-expanded", String(isOpen)); };
    opener.type = "button";
    opener.onclick = () => show(below.hidden);
    show(item.open);
    return el("li", "folder", line(item, opener), below);
  };
  const head = el("div", "code-line heads", el("span", "", data.heads[0]), hasVoices ? el("span", "", data.heads[1]) : "", el("span", "excerpts", data.heads[2]));
  head.ariaHidden = "true";
  return el("section", `themes ${hasVoices ? "" : "voiceless"}`, el("h2", "", data.title), el("p", "note", data.note), head, ...list(data.items));
};

// A real table in a box that scrolls by itself, so that the names of the rows stay in view.
draw.matrix = (data) => {
  const head = (code, scope) => {
    const cell = el("th", "", link(code.to, "code-of", code.name), el("span", "of", code.n));
    cell.scope = scope;
    cell.title = code.name;
    return cell;
  };
  const one = (cell) => {
    if (!cell) {
      const none = el("td", "same", hidden(data.same));
      none.title = data.same;
      return none;
    }
    const node = el("td", cell.shade ? `level-${cell.shade}` : "never", cell.n, hidden(`, ${cell.label}`));
    node.title = cell.label;
    return node;
  };
  const table = el("table", "matrix",
    el("thead", "", el("tr", "", el("td", "corner", data.corner), ...data.columns.map((code) => head(code, "col")))),
    el("tbody", "", ...data.rows.map((row) => el("tr", "", head(row, "row"), ...row.cells.map(one)))));
  table.setAttribute("aria-label", data.label);
  const box = el("div", "sliding", table);
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", data.label);
  const scale = el("p", "scale", el("span", "", data.scale.name), ...data.scale.steps.flatMap((step, at) => [el("i", `swatch ${at ? `level-${at}` : "never"}`), el("span", "", step)]));
  return el("section", "", el("div", "titled", el("div", "", el("h2", "", data.title), el("p", "note", data.note)), scale),
    box, data.left ? el("p", "note", data.left) : "");
};

// One column an interview; on a phone the same lies down as one row each.
draw.saturation = (data) => {
  const [first, again, soFar] = data.legend;
  const column = (item) => {
    const bar = el("span", "brought", el("span", "again"), el("span", "new"));
    bar.style.setProperty("--told", item.told / data.most);
    bar.style.setProperty("--new", item.told ? item.new / item.told : 0);
    const node = el("li", "", el("span", "fresh", `+${item.new}`), bar, link(item.to, "who", item.name), el("span", "so-far", item.soFar), hidden(item.label));
    node.title = item.label;
    return node;
  };
  const box = el("div", "sliding", el("ol", `saturation ${data.turned ? "turned" : ""}`, ...data.items.map(column)));
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", data.title);
  return el("section", "", el("h2", "", data.title), spoken(data.sentence, "p", "upshot"), el("p", "note", data.note),
    el("ul", "legend", el("li", "", el("i", "swatch new"), first), el("li", "", el("i", "swatch again"), again), el("li", "", soFar)), box);
};

draw.agreement = (data) => {
  const heads = el("tr", "", ...data.heads.map((name) => { const cell = el("th", "", name); cell.scope = "col"; return cell; }));
  const rows = data.rows.map((row) => {
    const name = el("th", "", row.name);
    name.scope = "row";
    return el("tr", "", name, el("td", "", row.given), el("td", "", row.alpha));
  });
  const table = el("table", "agreement", el("thead", "", heads), el("tbody", "", ...rows));
  table.setAttribute("aria-label", data.title);
  return el("section", "", el("h2", "", data.title), el("p", "note", data.objection), spoken(data.sentence, "p", "upshot"),
    data.note ? el("p", "note", data.note) : "", rows.length ? table : "");
};
