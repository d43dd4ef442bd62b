draw.decisions = (data) => el("section", "decisions", el("h2", "", data.title), el("p", "note", data.none || data.note),
  el("ol", "", ...data.items.map((item) => el("li", `decision${item.gone ? " gone" : ""}`,
    el("p", "what", el("strong", "", item.what), el("span", "facts", item.facts.join(" · ")),
      item.review ? el("span", `review${item.review.isDue ? " due" : ""}`, item.review.text) : ""),
    el("p", "typed", item.why),
    item.text ? el("div", "", el("p", "under", item.textTitle), el("p", "typed proposed", item.text)) : "",
    item.after ? el("p", "after", ...item.after.map(([text, strong]) => (strong ? el("strong", "", text) : text)),
      item.compare ? " " : "", item.compare ? link(item.compare.to, "number", item.compare.text) : "") : "",
    item.gone ? el("p", "typed under", item.gone) : ""))),
  data.unread ? el("p", "note", data.unread) : "");

draw.decided = (data) => {
  const row = (item) => el("li", "", el("strong", "", item.what), link(item.to, "at-step", item.step),
    el("span", "facts", [item.facts, item.asks, item.review].filter(Boolean).join(" · ")),
    item.text ? el("p", "proposed", item.text) : "");
  const [shown, rest] = [data.items.slice(0, data.shown), data.items.slice(data.shown)];
  return el("section", "so-far", el("h2", "", data.title), el("p", "note", data.note), el("ul", "", ...shown.map(row)),
    rest.length ? el("details", "", el("summary", "", data.more), el("ul", "", ...rest.map(row))) : "");
};

draw.request = (data) => {
  const [today, practice, proposed] = data.columns;
  const texts = (column) => column.texts.map((text) => el("p", text.style || "", text.to ? outward(text) : text.text));
  const told = (item) => el("li", "", el("p", "", item.name), el("p", "small", item.told, effects(item.effects)), ...quotes(item.quotes, "", "", 9));
  return el("section", "request",
    el("div", "titled", el("h2", "", data.title), el("span", "state", data.state)),
    el("div", "three",
      el("div", "", el("h3", "", today.title), ...texts(today)),
      el("div", "", el("h3", "", practice.title), el("p", "count", ...practice.count.map(([text, strong]) => (strong ? el("strong", "", text) : text)), effects(practice.effects)),
        practice.practices.length ? el("ul", "", ...practice.practices.map(told)) : el("p", "", practice.none),
        practice.doubt ? el("p", "small", practice.doubt) : ""),
      el("div", "proposal", el("h3", "", proposed.title), ...proposed.texts.map((text) => el("p", `typed ${text.style}`, text.text)))),
    el("div", "three",
      ...[data.facts.slice(0, 1), data.facts.slice(1)].map((facts) => el("dl", "", ...facts.flatMap((fact) => [el("dt", "", fact.name), el("dd", "typed", fact.text)]))),
      el("div", "risks", el("h3", "", data.risks.title), el("p", "", data.risks.text), data.risks.mixed ? el("p", "small", data.risks.mixed) : "",
        ...quotes(data.risks.quotes, data.risks.more, "", 2))));
};
