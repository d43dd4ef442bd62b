// A scene as the room will see it, small, on the page where it is edited.
export default function (component) {
  const { data, parentElement } = component;
  const root = parentElement.querySelector(".preview");
  const colour = getComputedStyle(root).getPropertyValue("--st-background-color").trim();
  const [r, g, b] = /^#[0-9a-f]{6}/i.test(colour) ? colour.slice(1).match(/../g).map((part) => parseInt(part, 16)) : [255, 255, 255];
  const stage = el("div", `drawing stage${0.2126 * r + 0.7152 * g + 0.0722 * b < 128 ? " dark" : ""}`);
  stage.append(drawScene(data.scene, { reveal: data.scene.reveals }));
  root.replaceChildren(stage);
}
