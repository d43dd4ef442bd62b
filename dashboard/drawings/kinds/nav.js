draw.nav = (data) => {
  const nav = el("nav", "nav", el("strong", "brand", data.brand),
    el("ul", "", ...data.links.map((item) => {
      const node = link(item, item.page === data.here ? "page here" : "page", item.name);
      if (item.page === data.here) node.setAttribute("aria-current", "page");
      return el("li", "", node);
    })));
  nav.setAttribute("aria-label", data.label);
  requestAnimationFrame(() => { // on a phone the list scrolls sideways: show where the reader is
    const here = nav.querySelector(".here");
    if (here) nav.lastChild.scrollLeft = here.offsetLeft - nav.lastChild.offsetLeft - 40;
  });
  return nav;
};
