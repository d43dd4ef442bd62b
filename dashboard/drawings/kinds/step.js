draw.strip = (data) => el("section", "", el("h2", "", data.title), el("p", "note", data.note),
  el("ul", "voices", ...data.groups.map((group) => el("li", "",
    el("p", "state", `${group.word} · ${group.voices.length}`),
    el("ul", "named", ...group.voices.map((voice) => {
      const dot = el("i", `dot ${group.stance}`);
      const node = group.silent ? el("li", "", dot, hidden(voice.name)) : el("li", "voice", dot, voice.name, voice.note ? el("small", "", voice.note) : "");
      if (group.silent) node.title = voice.name;
      return node;
    }))))));

draw.columns = (data) => el("section", "three", ...data.columns.map((column) => el("div", "",
  el("h2", "", column.title),
  ...column.texts.map((text) => el("p", text.style || "", text.to ? outward(text) : text.text)))));

draw.words = (data) => el("section", "words", el("h2", "", data.title), el("p", "note", data.note), legend(data.legend),
  ...data.practices.map((practice) => el("article", `practice ${practice.stance}`,
    el("div", "", el("h3", "", practice.stance ? el("i", `dot ${practice.stance}`) : "", link(practice.to, "", practice.name)),
      practice.step ? el("p", "under", link(practice.step.to, "at-step", practice.step.text)) : "",
      el("p", "under", practice.facts.join(" · "), effects(practice.effects))),
    el("div", "", ...quotes(practice.quotes, data.more, data.feeds)))));
