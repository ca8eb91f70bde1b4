// Moves and scales the map; without this script it shows where the places are, or the world.

const map = document.getElementById("map");
const LARGER = 1.5;
const WORLD = 1000; // width of the base map
const LEAST = 12;

if (map) {
  const first = map.viewBox.baseVal;
  const start = { x: first.x, y: first.y, width: first.width, height: first.height };
  const view = { ...start };
  const bar = document.createElement("div");
  bar.className = "tools";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "Map");
  const buttons = [["−", "Smaller", () => scale(LARGER)], ["+", "Larger", () => scale(1 / LARGER)], ["Whole", "", back]];
  for (const [words, label, does] of buttons) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words;
    if (label) button.setAttribute("aria-label", label);
    button.addEventListener("click", does);
    bar.append(button);
  }
  map.parentElement.before(bar);

  map.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.shiftKey) return; // the page scrolls
    event.preventDefault();
    scale(event.deltaY > 0 ? 1.2 : 1 / 1.2, at(event));
  }, { passive: false });

  let held = null;
  map.addEventListener("pointerdown", (event) => {
    held = { id: event.pointerId, from: at(event), moved: false };
  });
  map.addEventListener("pointermove", (event) => {
    if (held?.id !== event.pointerId || !event.buttons) return;
    const here = at(event);
    if (!held.moved && Math.hypot(here.x - held.from.x, here.y - held.from.y) < view.width / 150) return;
    held.moved = true;
    map.setPointerCapture(event.pointerId);
    view.x += held.from.x - here.x;
    view.y += held.from.y - here.y;
    draw();
  });
  map.addEventListener("click", (event) => held?.moved && event.preventDefault(), true);
  map.addEventListener("dragstart", (event) => event.preventDefault());

  function at(event) {
    const box = map.getBoundingClientRect();
    return {
      x: view.x + ((event.clientX - box.left) / box.width) * view.width,
      y: view.y + ((event.clientY - box.top) / box.height) * view.height,
    };
  }

  function scale(by, around = { x: view.x + view.width / 2, y: view.y + view.height / 2 }) {
    const width = Math.min(Math.max(view.width * by, LEAST), WORLD * 1.2);
    const ratio = width / view.width;
    view.x = around.x - (around.x - view.x) * ratio;
    view.y = around.y - (around.y - view.y) * ratio;
    view.width = width;
    view.height *= ratio;
    draw();
  }

  function back() {
    Object.assign(view, start);
    draw();
  }

  function draw() {
    map.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);
    const share = view.width / start.width;
    map.setAttribute("data-scaled", "");
    for (const dot of map.querySelectorAll("a")) {
      const { x, y } = dot.dataset;
      dot.setAttribute("transform", `translate(${x} ${y}) scale(${share}) translate(${-x} ${-y})`);
    }
  }
}
