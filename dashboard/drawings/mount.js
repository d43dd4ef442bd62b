const isDark = (node) => {
  const colour = getComputedStyle(node).getPropertyValue("--st-background-color").trim();
  const [r, g, b] = (colour.match(/^#([0-9a-f]{6})/i) ? colour.slice(1).match(/../g).map((h) => parseInt(h, 16)) : [255, 255, 255]);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b < 128;
};

// Opening another page makes Streamlit write up to three entries into the browser's history: the old page with the new
// page's choices, the new page, and that with what it settles on. They are one visit, so Back goes back once.
const TOGETHER = 1000; // ms from one of them to the next
const oneEntryAPage = () => {
  if (history.isOneEntryAPage) return;
  history.isOneEntryAPage = true;
  const push = history.pushState.bind(history);
  let last = -Infinity;
  history.pushState = (state, unused, url) => {
    const isSameVisit = performance.now() - last < TOGETHER;
    last = performance.now();
    return isSameVisit ? history.replaceState(state, unused, url) : push(state, unused, url);
  };
};

export default function (component) {
  const { data, parentElement, setTriggerValue, setStateValue } = component;
  oneEntryAPage();
  const root = parentElement.querySelector(".drawing");
  root.classList.toggle("dark", isDark(root));
  root.classList.toggle("large", Boolean(data.large));
  if (data.language) document.documentElement.lang = data.language;
  // What the reader types is the reader's: a rerun that brings the same drawing leaves the page as it is.
  const { find, ...drawn } = data;
  const text = JSON.stringify(drawn);
  if (root.drawn !== text) {
    root.drawn = text;
    root.replaceChildren(draw[data.kind](data, (name, value) => setStateValue(name, value)));
  } else if (root.firstElementChild.look) {
    root.firstElementChild.look(find || ""); // the address may have changed without the reader typing: back, forward
  }
  root.onclick = (event) => {
    const anchor = event.target.closest("a[data-page]");
    if (!anchor || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    setTriggerValue("open", { page: anchor.dataset.page, values: JSON.parse(anchor.dataset.values) });
  };
}
