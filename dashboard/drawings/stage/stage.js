// The stage and its second window: which scene is shown, how far it is revealed, and how the two stay in step.

const startStage = (talk) => {
  const words = talk.words, scenes = talk.scenes, KEPT = `stage:${talk.study}`, HANDS = `hands:${talk.study}:`;
  const read = (name, otherwise) => { try { return JSON.parse(localStorage.getItem(name)) || otherwise; } catch { return otherwise; } };
  const write = (name, value) => { try { localStorage.setItem(name, JSON.stringify(value)); } catch { /* a private window: it lasts as long as the window */ } };
  const channel = !talk.isAlone && "BroadcastChannel" in window ? new BroadcastChannel(KEPT) : null;
  const readHands = (book) => { try { return JSON.parse(sessionStorage.getItem(HANDS + book)) || {}; } catch { return {}; } };
  const writeHands = () => { try { sessionStorage.setItem(HANDS + hall.book, JSON.stringify(hands)); } catch { /* as above */ } };
  const hands = talk.isAlone ? readHands("") : {};
  const state = { at: 0, reveal: 0, isBlack: false, isCode: false, began: 0 };
  const hall = { boot: "", book: "", kept: {}, address: "", phones: 0, counts: {}, late: {}, isGone: false, isRehearsal: false };

  // Where the talk stood: the address knows best, then this browser, then the server.
  const [, inAddress, revealed] = location.hash.match(/^#([^/]+)(?:\/(\d+))?$/) || [];
  const before = talk.isAlone ? {} : read(KEPT, null) || { id: talk.kept.scene, reveal: talk.kept.reveal, began: talk.kept.began };
  const kept = inAddress ? { id: decodeURIComponent(inAddress), reveal: Number(revealed) || 0, began: before.began } : before;
  const known = scenes.findIndex((scene) => scene.id === kept.id);
  if (known >= 0) Object.assign(state, { at: known, reveal: Math.min(kept.reveal || 0, scenes[known].reveals) });
  state.began = kept.began || 0;

  const page = el("main", `drawing stage ${talk.isNotes ? "is-notes" : "is-stage"}`);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const dress = () => page.classList.toggle("dark", dark.matches !== Boolean(read("stage:flipped", false)));
  dark.addEventListener("change", dress);
  dress();
  document.body.append(page);
  let shown = null;

  const place = () => ({ scene: scenes[state.at].id, reveal: state.reveal, began: Math.floor(state.began) });
  const say = () => {
    if (!talk.isAlone) write(KEPT, { id: scenes[state.at].id, reveal: state.reveal, began: state.began });
    if (!talk.isNotes) history.replaceState(null, "", `#${encodeURIComponent(scenes[state.at].id)}${state.reveal ? `/${state.reveal}` : ""}`);
  };
  let send = () => {};
  const tell = () => { say(); send(); if (channel) channel.postMessage({ ...state, id: scenes[state.at].id, hands, book: hall.book }); };
  const draw = () => {
    if (talk.isNotes) drawNotes(); else drawStage();
  };
  const counts = (scene) => {
    const raised = hands[scene.id], sent = hall.counts[scene.id];
    return raised && sent ? raised.map((n, at) => n + sent[at]) : raised || sent || null;
  };
  const isAsking = (scene) => Boolean(scene.estimate) && state.reveal === 0;
  const drawStage = () => {
    const scene = scenes[state.at];
    page.classList.toggle("is-black", state.isBlack);
    page.classList.toggle("is-code", state.isCode && Boolean(hall.address));
    page.classList.toggle("invites", Boolean(hall.address) && (isAsking(scene) || state.at === 0));
    if (!shown || shown.of !== scene.id) {
      shown = drawScene(scene, { reveal: state.reveal, counts: counts(scene) });
      shown.of = scene.id;
      frame.replaceChildren(shown);
    } else {
      showTally(shown, counts(scene) || []);
      shown.showReveal(state.reveal);
    }
    document.title = `${scene.number} / ${scene.of} · ${talk.title}`;
  };

  const go = (at, reveal = 0) => {
    state.at = Math.max(0, Math.min(scenes.length - 1, at));
    state.reveal = Math.max(0, Math.min(scenes[state.at].reveals, reveal));
    state.isBlack = state.isCode = false;
    if (!state.began && state.at > 0) state.began = Date.now();
    draw();
    tell();
  };
  const next = () => (state.reveal < scenes[state.at].reveals ? go(state.at, state.reveal + 1) : state.at < scenes.length - 1 && go(state.at + 1));
  const back = () => (state.reveal > 0 ? go(state.at, state.reveal - 1) : state.at > 0 && go(state.at - 1, scenes[state.at - 1].reveals));
  const black = () => { state.isBlack = !state.isBlack; draw(); tell(); };
  const code = () => { state.isCode = !state.isCode && Boolean(hall.address); draw(); tell(); };
  const bare = () => { state.isBlack = state.isCode = false; draw(); tell(); };
  const notes = () => { const address = new URL(location.href); address.searchParams.set("notes", "1"); window.open(address, `notes-${talk.study}`, "width=1100,height=760"); };
  const full = () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.());
  const flip = () => { write("stage:flipped", !read("stage:flipped", false)); dress(); };

  // A number of a scene may have two digits: one that could still grow waits for the second, or for Enter.
  let typed = "", typing = 0;
  const arrive = () => {
    clearTimeout(typing);
    const at = Number(typed) - 1;
    typed = "";
    if (at >= 0 && at < scenes.length) go(at);
  };
  const digit = (key) => {
    clearTimeout(typing);
    typed += key;
    if (Number(typed) * 10 > scenes.length) arrive();
    else typing = setTimeout(arrive, 900);
  };

  const panel = (name, ...children) => {
    const node = el("dialog", `panel ${name}`, ...children, el("form", "", el("button", "", words.close)));
    node.querySelector("form").method = "dialog";
    page.append(node);
    return node;
  };
  const help = panel("help", el("h2", "", words.help), el("dl", "", ...words.keys.split("|").flatMap((line) => {
    const [key, what] = line.split("=");
    return [el("dt", "", key.trim()), el("dd", "", what.trim())];
  })));
  const open = (node) => (node.open ? node.close() : node.showModal());

  // Without phones the presenter counts hands: how many for each number.
  const countHands = () => {
    const scene = scenes[state.at];
    if (!scene.estimate) return;
    const fields = Array.from({ length: scene.estimate.n + 1 }, (_, n) => {
      const field = el("input");
      Object.assign(field, { type: "number", min: 0, max: 999, value: (hands[scene.id] || [])[n] || 0 });
      field.addEventListener("input", () => {
        hands[scene.id] = fields.map((one) => Math.max(0, Math.min(999, Math.floor(Number(one.value)) || 0)));
        writeHands();
        draw();
        tell();
      });
      return field;
    });
    const node = panel("hands", el("h2", "", words.hands), el("p", "", words.hands_note), el("div", "fields", ...fields.map((field, n) => el("label", "", el("span", "", String(n)), field))));
    node.addEventListener("close", () => node.remove());
    node.showModal();
  };

  const enter = () => (typed ? arrive() : next());
  const keys = {
    ArrowRight: next, ArrowDown: next, " ": next, PageDown: next, Enter: enter, ArrowLeft: back, ArrowUp: back, PageUp: back, Backspace: back,
    Home: () => go(0), End: () => go(scenes.length - 1), b: black, ".": black, n: notes, "?": () => open(help), f: full, d: flip, h: countHands, q: code, Escape: bare,
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("dialog")) return;
    const act = keys[event.key] || keys[event.key.toLowerCase()] || (/^\d$/.test(event.key) ? () => digit(event.key) : null);
    if (!act || (event.target.closest("button") && [" ", "Enter"].includes(event.key))) return;
    event.preventDefault();
    if (event.repeat && [next, back, enter].includes(act)) return;
    if (!/^\d$/.test(event.key) && event.key !== "Enter") { clearTimeout(typing); typed = ""; }
    if (state.isBlack) { clearTimeout(typing); typed = ""; bare(); return; }
    act();
  });
  const button = (sign, name, act) => {
    const node = el("button", "", sign);
    node.title = name;
    node.setAttribute("aria-label", name);
    node.addEventListener("click", () => { act(); node.blur(); });
    return node;
  };
  const frame = el("div", "frame");
  frame.addEventListener("click", (event) => (event.clientX < innerWidth / 5 ? back() : next()));
  const address = el("p", "code-address"), picture = () => { const node = el("img"); node.alt = words.qr; return node; };
  const pictures = [picture(), picture()];
  const invitation = el("aside", "invitation", pictures[0], el("p", "small", words.join), el("p", "code-address"));
  const codeScene = el("section", "code-scene", el("h2", "", words.join), pictures[1], address, el("p", "", words.join_note));
  const mark = el("p", "mark-gone");
  mark.setAttribute("role", "status");
  let resting = 0;
  const stir = () => { page.classList.add("is-stirred"); clearTimeout(resting); resting = setTimeout(() => page.classList.remove("is-stirred"), 2500); };
  addEventListener("pointermove", stir);
  addEventListener("pointerdown", stir);

  // The talk was changed on the page Present: take the new one in, without a reload that would end the full screen.
  let isRenewing = false;
  const renew = async () => {
    if (isRenewing) return;
    isRenewing = true;
    try {
      const answer = await fetch(location.pathname + location.search, { signal: AbortSignal.timeout(10000) });
      const page = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html").getElementById("talk");
      const found = page && JSON.parse(page.textContent);
      if (found) talk.edition = found.edition; // a talk without scenes leaves the stage as it is, and is not asked for again
      if (found && found.scenes.length) {
        const here = scenes[state.at].id;
        scenes.splice(0, scenes.length, ...found.scenes);
        Object.assign(talk, { title: found.title, minutes: found.minutes });
        const at = scenes.findIndex((scene) => scene.id === here);
        state.at = at < 0 ? Math.min(state.at, scenes.length - 1) : at;
        state.reveal = Math.min(state.reveal, scenes[state.at].reveals);
        shown = null;
        say();
        draw();
        if (at < 0) send();
      }
    } catch { /* no server for the moment: the talk stands as it was */ }
    isRenewing = false;
  };

  // What the server tells of the room.
  const heard = (told) => {
    if (told.edition && told.edition !== talk.edition) renew();
    const was = JSON.stringify([hall.address, hall.counts, hall.isGone, hall.isRehearsal, hall.phones, hall.late]);
    hall.isGone = told.isGone;
    if (!told.isGone) {
      if (told.book !== hall.book) {
        const isFirst = !hall.book, before = isFirst ? { ...hands } : {};
        for (const id of Object.keys(hands)) delete hands[id];
        Object.assign(hall, { book: told.book, kept: {}, counts: {}, late: {} });
        Object.assign(hands, readHands(told.book), before);
      } else if (hall.boot && told.boot !== hall.boot) hall.kept = { ...hall.counts };
      hall.boot = told.boot;
      Object.assign(hall, { phones: told.phones, isRehearsal: told.isRehearsal });
      // A server that was started again knows no answers: what the room saw when it was revealed stands.
      const isKept = hall.kept[told.asked] && (told.asked !== place().scene || state.reveal > 0);
      if (told.counts && !isKept) { hall.counts[told.asked] = told.counts; hall.late[told.asked] = told.late; delete hall.kept[told.asked]; }
      if (told.address !== hall.address) {
        hall.address = told.address;
        for (const node of pictures) node.src = told.address ? `/stage/qr.svg?of=${encodeURIComponent(told.address)}` : "data:,";
        for (const node of page.querySelectorAll(".code-address")) node.textContent = told.address.replace(/^http:\/\//, "").replace(/\/$/, "");
      }
    }
    if (was === JSON.stringify([hall.address, hall.counts, hall.isGone, hall.isRehearsal, hall.phones, hall.late])) return;
    mark.textContent = hall.isGone ? words.gone : hall.isRehearsal ? words.rehearsal : "";
    page.classList.toggle("is-gone", hall.isGone);
    if (talk.isNotes) drawRoom(); else draw();
  };
  const adopt = (id, reveal) => {
    const at = scenes.findIndex((scene) => scene.id === id);
    if (at < 0 || (at === state.at && reveal === state.reveal)) return;
    Object.assign(state, { at, reveal: Math.min(reveal, scenes[at].reveals), isBlack: false, isCode: false });
    say();
    draw();
  };
  const controls = el("nav", "controls", button("←", words.back, back), button("→", words.next, next), button("B", words.black, black),
    button("N", words.notes, notes), button("H", words.hands, countHands), button("Q", words.qr, code), button("F", words.full, full), button("?", words.help, () => open(help)));

  const clock = el("p", "clock"), clockNote = el("p", "small"), roomNote = el("p", "room-note");
  const box = { text: el("div", "say"), after: el("div", "after"), now: el("p", "now") };
  const drawRoom = () => {
    const scene = scenes[state.at], of = (name, n) => words[`${name}_${n === 1 ? "one" : "many"}`].replace("{n}", n);
    const sent = hall.counts[scene.id] ? of("answers", hall.counts[scene.id].reduce((sum, n) => sum + n, 0)) : "";
    const late = hall.late[scene.id] ? of("late", hall.late[scene.id]) : "";
    roomNote.textContent = hall.isGone ? words.gone : hall.address
      ? [hall.isRehearsal ? words.rehearsal : "", of("phones", hall.phones), scene.estimate ? sent : "", scene.estimate ? late : ""].filter(Boolean).join(" · ") : words.closed;
  };
  const drawNotes = () => {
    const scene = scenes[state.at], then = scenes[state.at + 1];
    box.now.textContent = `${scene.number} / ${scene.of} · ${scene.title || scene.eyebrow}${scene.reveals ? ` · ${state.reveal} / ${scene.reveals}` : ""}`;
    box.text.replaceChildren(...scene.notes.map((text) => el("p", "", text)));
    box.after.replaceChildren(el("p", "small", then ? words.then : words.end), then ? drawScene(then, { reveal: 0, counts: counts(then) }) : "");
    drawRoom();
    tick();
  };
  const minutes = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
  let restart = null;
  const tick = () => {
    restart.textContent = state.began ? words.restart_again : words.restart;
    const gone = state.began ? (Date.now() - state.began) / 1000 : 0;
    const planned = scenes.slice(0, state.at).reduce((sum, scene) => sum + scene.minutes, 0) * 60;
    clock.textContent = minutes(gone);
    const left = talk.minutes * 60 - gone;
    clockNote.textContent = `${left >= 0 ? words.left.replace("{left}", minutes(left)) : words.over.replace("{over}", minutes(-left))} · ` + words.planned.replace("{at}", minutes(planned)).replace("{end}", minutes(talk.minutes * 60));
  };

  if (!scenes.length) { page.append(el("p", "scene-problem", words.nothing)); return; }
  if (talk.isNotes) {
    restart = el("button", "", words.restart);
    restart.addEventListener("click", () => { state.began = Date.now(); tell(); tick(); });
    page.append(el("header", "", box.now, el("div", "clocks", clock, clockNote, restart)), roomNote, box.text, box.after, controls);
    setInterval(tick, 500);
  } else page.append(frame, invitation, codeScene, mark, controls);
  if (!talk.isAlone) send = tieToHall({ study: talk.study, place, adopt, heard });
  if (channel) {
    channel.onmessage = ({ data }) => {
      if (data.ask) { tell(); return; }
      const at = scenes.findIndex((scene) => scene.id === data.id); // by its name: the other window may hold another order
      if (at < 0) return;
      Object.assign(state, { at, reveal: Math.min(data.reveal, scenes[at].reveals), isBlack: data.isBlack, isCode: data.isCode, began: data.began });
      if (data.book === hall.book) { Object.assign(hands, data.hands); writeHands(); }
      say();
      draw();
    };
    channel.postMessage({ ask: true });
  }
  say();
  draw();
};

startStage(JSON.parse(document.getElementById("talk").textContent));
