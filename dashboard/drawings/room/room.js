// A phone in the room: it shows the presenter's scene, asks, and lets its owner look around in what was shown.

const startRoom = (words) => {
  const language = document.documentElement.lang, other = language === "sv" ? "en" : "sv";
  const page = el("div", "drawing stage room");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const dress = () => page.classList.toggle("dark", dark.matches);
  dark.addEventListener("change", dress);
  dress();
  const now = { state: null, at: null, isLost: false }; // at: the scene that is looked at on one's own, null while following
  const place = el("p", "where");
  place.setAttribute("role", "status");
  const spoke = el("a", "spoke", words.other);
  spoke.href = `/?lang=${other}`;
  spoke.lang = spoke.hreflang = other;
  const main = el("main", "shown"), nav = el("nav", "ways");
  nav.setAttribute("aria-label", words.around);
  page.append(el("header", "top", place, spoke), main, nav);
  document.body.append(page);

  const button = (text, act, className = "") => {
    const node = el("button", className, text);
    node.type = "button";
    node.addEventListener("click", act);
    return node;
  };
  let shown = null;
  const drawn = ({ scene, reveal, counts }, isNow) => {
    const isAsking = Boolean(scene.estimate) && reveal === 0, mine = scene.estimate ? guessed(scene.id) : null;
    const key = JSON.stringify([scene.id, scene.estimate ? reveal : 0, counts]);
    if (shown && shown.key === key && !scene.estimate) { shown.showReveal(reveal); return; }
    const isSame = shown && shown.of === scene.id;
    const node = drawScene(scene, { reveal: isSame && scene.estimate && reveal ? 0 : reveal, isPhone: true, counts });
    if (isAsking) node.body.replaceWith(guessForm(scene, words, false));
    else if (scene.estimate && reveal >= 1) {
      if (mine) node.body.before(el("p", "mine", words[mine.isLate ? "mine_late" : "mine"].replace("{n}", mine.value)));
      else if (isNow) node.append(guessForm(scene, words, true));
    }
    node.key = key;
    node.of = scene.id;
    main.replaceChildren(node);
    if (!isSame) { scrollTo(0, 0); main.focus({ preventScroll: true }); }
    else if (scene.estimate && reveal) requestAnimationFrame(() => requestAnimationFrame(() => node.showReveal(reveal)));
    shown = node;
  };
  const waiting = () => { shown = null; main.replaceChildren(el("section", "waiting", el("h1", "", words.title), el("p", "", words.waiting))); };
  const lookAt = async (at) => {
    const answer = await fetch(`/scene/${at}?lang=${language}`).catch(() => null);
    if (!answer || !answer.ok) { lost(true); return; }
    now.at = at;
    drawn(await answer.json(), false);
    say();
  };
  const back = () => { now.at = null; if (now.state.scene) drawn(now.state, true); else waiting(); say(); };
  const say = () => {
    const { state, at, isLost } = now;
    const isAway = at !== null;
    place.textContent = isLost ? words.lost : isAway ? words.away : state && state.scene ? (state.isRehearsal ? words.rehearsal : words.following) : "";
    page.classList.toggle("is-away", isAway);
    if (!state || !state.scene) { nav.replaceChildren(); return; }
    const here = isAway ? at : state.at;
    const step = (sign, to, label) => {
      const node = button(sign, () => (to === state.at ? back() : lookAt(to)), "step");
      node.setAttribute("aria-label", label);
      node.disabled = to === undefined;
      return node;
    };
    const more = state.pages.length ? el("details", "pages", el("summary", "", words.pages),
      el("ul", "", ...state.pages.map((one) => {
        const link = el("a", "", one.title);
        link.href = `/study/${encodeURIComponent(one.name)}?lang=${language}`;
        return el("li", "", link);
      }))) : "";
    nav.replaceChildren(step("←", state.shown.filter((one) => one < here).pop(), words.earlier), isAway ? button(words.back, back, "back") : el("span", "small", words.around_note), step("→", state.shown.find((one) => one > here), words.later), more);
  };
  const heard = (state, isNewServer) => {
    if (inBook.book !== state.book) { now.at = null; shown = null; }
    inBook.book = state.book;
    now.state = state;
    document.title = state.title || words.title;
    const mine = state.scene && state.scene.estimate ? guessed(state.scene.id) : null;
    if (isNewServer && mine && state.reveal === 0) sendGuess(state.scene.id, mine.value);
    if (now.at === null) { if (state.scene) drawn(state, true); else waiting(); }
    say();
  };
  const lost = (isLost) => { if (now.isLost !== isLost) { now.isLost = isLost; say(); } };
  main.tabIndex = -1;
  waiting();
  follow(language, heard, lost);
};

startRoom(JSON.parse(document.getElementById("words").textContent));
