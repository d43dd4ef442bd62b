// The room's own work-as-imagined: a dot per answer, stacking up; then what clinicians said, and how far that lies.

// The room's guess: the middle answer, or halfway between the two middle ones; null where nobody answered.
const roomGuess = (counts) => {
  const total = counts.reduce((sum, n) => sum + n, 0);
  if (!total) return null;
  const answerAt = (rank) => {
    let seen = 0;
    return counts.findIndex((n) => (seen += n) > rank);
  };
  return (answerAt(Math.floor((total - 1) / 2)) + answerAt(Math.floor(total / 2))) / 2;
};

const STAGE = 1660; // the breadth of the field in the stage's units; on a phone it is as broad as the phone is
const PHONE_UNIT = 0.56; // px, as scene.css has it
const ABOVE = { stage: 300, phone: 350 }; // what the two flags need over the dots
const LARGEST_DOT = 34, LEAST_DOT = 6;

// The largest dot with which the highest stack fits, and how many stand side by side in it.
const dotFor = (most, columns, width, height) => {
  const room = (width / columns) * 0.86;
  for (let size = Math.min(LARGEST_DOT, room / 1.2); size > LEAST_DOT; size -= 1) {
    const across = Math.min(6, Math.max(1, Math.floor(room / (size * 1.2))));
    if (Math.ceil(most / across) * size * 1.2 <= height) return { size, across };
  }
  return { size: LEAST_DOT, across: Math.max(1, Math.floor(room / (LEAST_DOT * 1.2))) };
};

// Stands a flag at a value, on the side where it has room.
const placed = (node, at, columns) => {
  const share = (at + 0.5) / columns, wide = node.parentElement.clientWidth;
  node.style.setProperty("--at", `${share * 100}%`);
  node.classList.toggle("to-left", share * wide + node.offsetWidth > wide && share * wide > node.offsetWidth);
};

sceneBodies.estimate = (body, data) => {
  const columns = body.n + 1;
  const stacks = Array.from({ length: columns }, () => el("div", "stack"));
  const figure = (n) => String(n).replace(".", data.language === "sv" ? "," : ".");
  const guess = el("div", "flag guess", el("p", "flag-said"), el("p", "small", body.words.imagined));
  const answer = el("div", "flag answer");
  const line = el("i", "answer-line");
  const span = el("div", "span-between", el("p", "distance"));
  const answered = el("p", "answered");
  answered.setAttribute("role", "status");
  const field = el("div", "field", ...stacks, line, span, guess, answer);
  const axis = el("div", "axis", ...stacks.map((_, n) => el("span", "", String(n))));
  const node = el("section", "", answered, field, axis);
  node.style.setProperty("--columns", columns);
  const state = { counts: Array(columns).fill(0), reveal: 0, told: body.answer };

  const refresh = () => {
    const total = state.counts.reduce((sum, n) => sum + n, 0);
    const { clientWidth, clientHeight } = field;
    const isPhone = node.closest(".on-phone");
    const unit = isPhone ? PHONE_UNIT : clientWidth / STAGE;
    const above = isPhone ? ABOVE.phone : ABOVE.stage;
    const [width, height] = unit ? [clientWidth / unit, clientHeight / unit - above] : [STAGE, 260];
    const dot = dotFor(Math.max(...state.counts, 1), columns, width, height);
    node.style.setProperty("--answer-dot", dot.size);
    node.style.setProperty("--across", dot.across);
    stacks.forEach((stack, at) => {
      while (stack.childElementCount > state.counts[at]) stack.lastElementChild.remove();
      while (stack.childElementCount < state.counts[at]) stack.append(el("i", "one-answer"));
    });
    const shown = state.told && state.reveal >= 1;
    answered.textContent = total ? body.words[total === 1 ? "answers_one" : "answers_many"].replace("{n}", total) : shown ? "" : body.words.waiting;
    const middle = roomGuess(state.counts);
    node.classList.toggle("is-shown", Boolean(shown));
    node.classList.toggle("is-answered", middle !== null);
    if (middle !== null) {
      guess.firstElementChild.textContent = body.words.guess.replace("{n}", figure(middle));
      placed(guess, middle, columns);
    }
    if (!state.told) return;
    const from = middle === null ? state.told.n : middle;
    placed(line, shown ? state.told.n : from, columns);
    placed(answer, state.told.n, columns);
    const low = Math.min(from, state.told.n), high = Math.max(from, state.told.n);
    span.style.setProperty("--at", `${((low + 0.5) / columns) * 100}%`);
    span.style.setProperty("--wide", `${((high - low) / columns) * 100}%`);
    span.classList.toggle("from-right", from > state.told.n);
    span.classList.toggle("is-none", high === low);
    span.firstElementChild.textContent = high === low ? body.words.same : body.words.distance.replace("{n}", figure(high - low));
  };
  const tell = (told) => {
    state.told = told;
    answer.replaceChildren();
    if (told) answer.append(el("p", "flag-said", told.said), dots(told.strip), el("p", "small", told.term));
    refresh();
  };
  node.showReveal = (k) => { state.reveal = k; refresh(); };
  node.showTally = (counts) => { state.counts = stacks.map((_, at) => Number(counts[at]) || 0); refresh(); };
  node.tell = tell; // a phone learns the answer only once the presenter shows it
  tell(body.answer);
  new ResizeObserver(refresh).observe(field);
  return node;
};

// Shows how the room answered, so many per value from 0 to n; on any other scene it does nothing.
const showTally = (node, counts) => { if (node.body && node.body.showTally) node.body.showTally(counts); };
