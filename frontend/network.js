// The drawing of the network and of the ways between two: what the page's twin in JSON says, as a graph.

import cytoscape from "cytoscape";

import { drawAsCrowd } from "./crowd.js";
import { Kept } from "./kept.js";
import { colours, looks, shapeOf, sizeOf } from "./look.js";
import { Panel } from "./panel.js";
import { svgOf } from "./picture.js";

const MANY = 300; // nodes from which on the drawing leaves out what takes time
const CLOSEST = 1.4; // scale at which few nodes are shown at first
const STEP = 60; // pixels that an arrow key moves the drawing
const LARGER = 1.3;
const BIGGEST = 8000; // pixels of a side of a saved picture

const drawing = document.getElementById("drawing");
if (drawing) new Drawing(drawing, await answer()).start();

async function answer() {
  const found = await fetch(`${location.pathname}.json${location.search}`);
  return found.ok ? found.json() : { network: { nodes: [], ties: [] } };
}

function Drawing(home, given) {
  const network = given.network ?? given.paths.network;
  const many = network.nodes.length > MANY;
  const kept = new Kept(home.dataset.mark);
  const seeds = new Set(Object.keys(given.about ?? given.ends ?? {}));
  const state = home.querySelector("#state");
  const names = new Map(network.nodes.map((node) => [node.id, node.name]));
  let palette = colours();
  let cy, panel, worker, round = 0;

  this.start = () => {
    home.hidden = false;
    cy = cytoscape({
      container: home.querySelector("#canvas"),
      elements: [...network.nodes.map(nodeOf), ...network.ties.map(tieOf)],
      style: looks(palette, many),
      layout: { name: "preset", fit: false },
      minZoom: 0.02,
      maxZoom: 4,
      boxSelectionEnabled: false,
      selectionType: "single",
      textureOnViewport: many,
      pixelRatio: many ? 1 : "auto",
    });
    if (many) drawAsCrowd(cy, () => palette);
    panel = new Panel(home.querySelector("#panel"), { cy, names, given, act });
    listen();
    offer();
    place(false);
  };

  function nodeOf(node) {
    const spot = kept.get(node.id);
    return {
      group: "nodes",
      data: { ...node, shape: shapeOf(node.schema), size: sizeOf(node.neighbours), seed: seeds.has(node.id) },
      position: spot ?? { x: 0, y: 0 },
      classes: spot?.pinned ? "pinned" : "",
    };
  }

  function tieOf(tie) {
    const label = tie.standing === "asserted" ? tie.kind : `${tie.kind}, ${tie.standing}`;
    return { group: "edges", data: { ...tie, label, width: 1.2 + Math.log2(tie.claims.length + 1) * 0.7 } };
  }

  // -- layout

  function place(again) {
    const nodes = cy.nodes().map((node) => {
      const spot = kept.get(node.id());
      const stays = spot && (!again || node.hasClass("pinned"));
      const from = stays ? { fx: spot.x, fy: spot.y, x: spot.x, y: spot.y } : {};
      return { id: node.id(), size: node.data("size"), ...from };
    });
    if (nodes.every((node) => "fx" in node)) return fit();
    state.textContent = "laying out…";
    worker?.terminate();
    worker = new Worker(new URL("./layout.js", import.meta.url), { type: "module" });
    round += 1;
    worker.onmessage = ({ data }) => data.round === round && soon(data);
    const links = network.ties.map(({ source, target }) => ({ source, target }));
    worker.postMessage({ round, nodes, links });
  }

  let latest = null; // of the worker's pictures: it makes them faster than a slow machine draws them

  function soon(data) {
    if (latest === null) requestAnimationFrame(() => placed(latest));
    latest = data;
  }

  function placed({ places, done }) {
    latest = null;
    const all = cy.nodes();
    cy.batch(() => all.forEach((node, at) => node.position({ x: places[2 * at], y: places[2 * at + 1] })));
    fit();
    if (!done) return;
    state.textContent = "";
    home.dataset.done = String(round);
    kept.keep(all);
    worker.terminate();
  }

  function fit() {
    if (many) {
      const all = cy.nodes().map((node) => node.position());
      const [left, right] = ends(all.map(({ x }) => x));
      const [top, bottom] = ends(all.map(({ y }) => y));
      const zoom = Math.min(cy.width() / (right - left + 80), cy.height() / (bottom - top + 80), CLOSEST);
      cy.viewport({ zoom, pan: { x: (cy.width() - (left + right) * zoom) / 2, y: (cy.height() - (top + bottom) * zoom) / 2 } });
      return;
    }
    cy.fit(undefined, 40);
    if (cy.zoom() <= CLOSEST) return;
    cy.zoom(CLOSEST);
    cy.center();
  }

  // -- what the user does

  function listen() {
    cy.on("tap", "node, edge", ({ target }) => panel.show(target));
    cy.on("tap", ({ target }) => target === cy && panel.close());
    cy.on("dragfree", "node", ({ target }) => kept.keep(target));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      palette = colours();
      cy.style(looks(palette, many));
    });
    home.addEventListener("click", ({ target }) => act(target.closest("[data-do]")?.dataset.do));
    home.addEventListener("keydown", (event) => event.key === "Escape" && panel.close());
    home.querySelector("#canvas").addEventListener("keydown", key);
    home.querySelector("#find").addEventListener("change", find);
  }

  function key(event) {
    const move = { ArrowLeft: [STEP, 0], ArrowRight: [-STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] }[event.key];
    const does = { "+": "in", "=": "in", "-": "out", 0: "fit" }[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey || !(move || does)) return;
    event.preventDefault();
    if (move) cy.panBy({ x: move[0], y: move[1] });
    else act(does);
  }

  function act(what, element) {
    const middle = { x: cy.width() / 2, y: cy.height() / 2 };
    const does = {
      in: () => cy.zoom({ level: cy.zoom() * LARGER, renderedPosition: middle }),
      out: () => cy.zoom({ level: cy.zoom() / LARGER, renderedPosition: middle }),
      fit,
      again: () => place(true),
      svg: () => save(new Blob([svgOf(cy, colours())], { type: "image/svg+xml" }), "network.svg"),
      png: () => save(cy.png({ output: "blob", full: true, scale: 2, maxWidth: BIGGEST, maxHeight: BIGGEST, bg: colours()["--paper"] }), "network.png"),
      pin: () => {
        element.toggleClass("pinned");
        kept.keep(element);
      },
      close: () => panel.close(),
    };
    does[what]?.();
  }

  function find({ target }) {
    const wanted = target.value.trim().toLocaleLowerCase();
    const all = wanted ? cy.nodes().filter((node) => node.data("name").toLocaleLowerCase().includes(wanted)) : [];
    const node = all.find?.((one) => one.data("name").toLocaleLowerCase() === wanted) ?? all[0];
    state.textContent = wanted && !node ? "not drawn here" : "";
    if (!node) return;
    panel.show(node); // first: it takes a part of the width
    cy.resize();
    cy.zoom(Math.max(cy.zoom(), 1));
    cy.center(node);
  }

  function save(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  // -- the ways between two: each can be shown alone

  function offer() {
    const list = home.querySelector("#found");
    for (const name of [...names.values()].sort().slice(0, 1000)) list.append(new Option(name));
    const ways = document.querySelectorAll("ol.ways > li");
    given.paths?.paths.forEach((path, at) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = "Show";
      button.setAttribute("aria-pressed", "false");
      button.setAttribute("aria-label", `Show way ${at + 1}`);
      button.addEventListener("click", () => follow(path, button));
      ways[at]?.prepend(button, " ");
    });
  }

  function follow(path, button) {
    const on = button.getAttribute("aria-pressed") === "true";
    document.querySelectorAll("ol.ways [aria-pressed]").forEach((one) => one.setAttribute("aria-pressed", "false"));
    button.setAttribute("aria-pressed", String(!on));
    const own = new Set([...path.entities, ...path.steps.flat()]);
    cy.batch(() => cy.elements().forEach((one) => void one.toggleClass("faded", !on && !own.has(one.id()))));
    home.scrollIntoView({ block: "nearest" });
  }
}

function ends(values) {
  return values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
}
