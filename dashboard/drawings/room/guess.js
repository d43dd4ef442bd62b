// The question on the phone: one slider, no name. A device is a token that this tab made and forgets when it is closed.

const TOKEN = "device", GUESSED = "guessed:";

const device = () => {
  let known = sessionStorage.getItem(TOKEN);
  if (!known) {
    known = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
    sessionStorage.setItem(TOKEN, known);
  }
  return known;
};

// A reset or a rehearsal opens another book: what was answered in the one before is not claimed in this one.
const inBook = { book: "" };
const guessKey = (id) => `${GUESSED}${inBook.book}:${id}`;
const guessed = (id) => { const known = sessionStorage.getItem(guessKey(id)); return known === null ? null : JSON.parse(known); };

const sendGuess = async (id, value) => {
  const key = guessKey(id);
  const body = JSON.stringify({ device: device(), scene: id, value });
  for (const pause of [0, 400, 1200, 3000]) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    try {
      const answer = await fetch("/answer", { method: "POST", headers: { "content-type": "application/json" }, body, signal: AbortSignal.timeout(4000) });
      const told = await answer.json();
      if (told.isTaken) sessionStorage.setItem(key, JSON.stringify({ value: told.value, isLate: told.isLate }));
      if (told.isTaken || told.value !== null) return told;
    } catch { /* no server for the moment: once more */ }
  }
  return null;
};

const guessForm = (scene, words, isLate) => {
  const { n, few, all } = scene.estimate, known = guessed(scene.id);
  const slider = el("input", "slider"), shown = el("output", "chosen", known ? known.value : "?");
  Object.assign(slider, { type: "range", min: 0, max: n, step: 1, value: known ? known.value : Math.round(n / 2), id: "guess" });
  slider.setAttribute("aria-label", scene.estimate.question.map(([text]) => text).join(""));
  const send = el("button", "send", known ? words.change : words.send), said = el("p", "said", known ? words.sent.replace("{n}", known.value) : isLate ? words.late : words.move);
  said.setAttribute("role", "status");
  send.type = "button";
  send.disabled = true;
  const choose = () => {
    shown.textContent = slider.value;
    slider.setAttribute("aria-valuetext", words.of.replace("{n}", slider.value).replace("{all}", n));
    send.disabled = false;
  };
  for (const kind of ["input", "pointerdown", "keydown"]) slider.addEventListener(kind, (event) => { if (event.key !== "Tab") choose(); });
  send.addEventListener("click", async () => {
    send.disabled = true;
    const told = await sendGuess(scene.id, Number(slider.value));
    if (!told) { said.textContent = words.failed; send.disabled = false; return; }
    said.textContent = (told.isTaken ? (told.isLate ? words.sent_late : words.sent) : words.kept).replace("{n}", told.value);
    send.textContent = words.change;
    if (told.isLate) { slider.disabled = true; send.hidden = true; }
  });
  const ends = el("div", "ends", el("span", "", `0 · ${few}`), el("span", "", all.includes(String(n)) ? all : `${n} · ${all}`));
  return el("section", "asking", shown, slider, ends, send, said);
};
