// The drawing of the network and of the ways between two: what the server says of the page, as a graph.

import { FADED, Graph, PINNED, fromColumns, fromRecords } from "./graph.js";
import { Kept } from "./kept.js";
import { colours } from "./look.js";
import { Panel } from "./panel.js";
import { svgOf } from "./picture.js";
import { Stage } from "./stage.js";

const STEP = 60; // pixels that an arrow key moves the drawing
const LARGER = 1.3;
const OFFERED = 40; // names beside what is being typed

const drawing = document.getElementById("drawing");
if (drawing) new Drawing(drawing, await answer()).start();

async function answer() {
  const network = location.pathname === "/network";
  const found = await fetch(network ? `/network/sheet${location.search}` : `${location.pathname}.json${location.search}`);
  if (!found.ok) return { parts: { nodes: [], ties: [] }, seeds: [] };
  const given = await found.json();
  if (network) return { parts: fromColumns(given), about: given.about, seeds: given.about };
  return { parts: fromRecords(given.paths.network), paths: given.paths.paths, seeds: Object.keys(given.ends) };
}

function Drawing(home, { parts, about, paths, seeds }) {
  const graph = new Graph(parts, new Set(seeds));
  const kept = new Kept(home.dataset.mark);
  const state = home.querySelector("#state");
  const canvas = home.querySelector("#canvas");
  let stage, panel, worker, round = 0;
  let stays = []; // whether a node is where it was left
  let own = false; // the user has moved or scaled the whole, so that it is left there

  this.start = () => {
    home.hidden = false;
    restore();
    stage = new Stage(canvas, graph, colours(), {
      choose: (one) => (one ? panel.show(one) : panel.close()),
      dropped: (node) => {
        stays[node.at] = true;
        kept.keep(graph, [node]);
      },
      drawn: () => state.dataset.drawn === undefined && place.begun && mark("drawn"),
      moved: () => (own = true),
    });
    panel = new Panel(home.querySelector("#panel"), { graph, stage, about, act });
    listen();
    offer();
    place(false);
  };

  function mark(name) {
    state.dataset[name] = "";
    performance.mark(`network-${name}`);
  }

  function restore() {
    for (const node of graph.nodes) {
      const spot = kept.get(node.id);
      if (!spot) continue;
      graph.put(node, spot);
      graph.flag(node, PINNED, spot.pinned);
    }
  }

  // -- layout

  function place(again) {
    stays = graph.nodes.map((node) => {
      const spot = kept.get(node.id);
      return Boolean(spot && (!again || spot.pinned));
    });
    own = false;
    round += 1;
    if (stays.every(Boolean)) return settle();
    state.textContent = "laying out…";
    worker?.terminate();
    worker = new Worker(new URL("./layout.js", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }) => data.round === round && placed(data);
    const { places, half, source, target } = graph.scene;
    worker.postMessage({ round, places, half, source, target, stays: Uint8Array.from(stays, Number) });
  }

  function placed({ places, done }) {
    graph.nodes.forEach((node, at) => {
      if (!stays[at] && stage.held !== node) graph.put(node, { x: places[2 * at], y: places[2 * at + 1] });
    });
    if (done) settle();
    else show();
  }

  function settle() {
    show();
    state.textContent = "";
    worker?.terminate();
    kept.keep(graph, graph.nodes);
    home.dataset.done = String(round);
    mark("placed");
  }

  function show() {
    place.begun = true;
    stage.placed();
    if (!own) stage.fit();
  }

  // -- what the user does

  function listen() {
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => stage.recolour(colours()));
    home.addEventListener("click", ({ target }) => act(target.closest("[data-do]")?.dataset.do));
    home.addEventListener("keydown", (event) => event.key === "Escape" && panel.close());
    canvas.addEventListener("keydown", key);
    const input = home.querySelector("#find");
    input.addEventListener("input", () => suggest(input.value));
    input.addEventListener("change", () => find(input.value));
    input.addEventListener("keydown", ({ key: pressed }) => pressed === "Enter" && find(input.value)); // the same once more is no change
  }

  function key(event) {
    const move = { ArrowLeft: [STEP, 0], ArrowRight: [-STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] }[event.key];
    const does = { "+": "in", "=": "in", "-": "out", 0: "fit" }[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey || !(move || does)) return;
    event.preventDefault();
    own = true;
    if (move) stage.panBy(...move);
    else act(does);
  }

  function act(what, node) {
    const does = {
      in: () => stage.zoomBy(LARGER),
      out: () => stage.zoomBy(1 / LARGER),
      fit: () => stage.fit(),
      again: () => place(true),
      svg: () => save(new Blob([svgOf(graph, colours(), stage.box())], { type: "image/svg+xml" }), "network.svg"),
      png: async () => save(await stage.png(), "network.png"),
      pin: () => {
        graph.flag(node, PINNED, !graph.has(node, PINNED));
        stage.flagged();
        kept.keep(graph, [node]);
      },
      close: () => panel.close(),
    };
    does[what]?.();
  }

  function alike(words) {
    const wanted = words.trim().toLocaleLowerCase();
    return wanted ? graph.nodes.filter(({ name }) => name.toLocaleLowerCase().includes(wanted)) : [];
  }

  function suggest(words) {
    home.querySelector("#found").replaceChildren(...alike(words).slice(0, OFFERED).map(({ name }) => new Option(name)));
  }

  function find(words) {
    const found = alike(words);
    const node = found.find(({ name }) => name.toLocaleLowerCase() === words.trim().toLocaleLowerCase()) ?? found[0];
    state.textContent = words.trim() && !node ? "not drawn here" : "";
    if (!node) return;
    own = true;
    panel.show(node); // first: it takes a part of the width
    stage.resize();
    stage.centre(node);
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
    const ways = document.querySelectorAll("ol.ways > li");
    paths?.forEach((path, at) => {
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
    const way = new Set([...path.entities, ...path.steps.flat()]);
    for (const node of graph.nodes) graph.flag(node, FADED, !on && !way.has(node.id));
    for (const tie of graph.ties) graph.scene.faded[tie.at] = Number(!on && !way.has(tie.id));
    stage.flagged();
    home.scrollIntoView({ block: "nearest" });
  }
}
