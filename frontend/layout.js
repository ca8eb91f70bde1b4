// A worker: places nodes so that those that are tied stand together. Those that stay do so.

import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";

const MANY = 300;
const FORCES = {
  few: { steps: 300, loose: 0, apart: 180, push: -900, reach: 900, theta: 0.9, room: 34, across: 0.07, down: 0.14, shown: 120 },
  many: { steps: 130, loose: 100, apart: 30, push: -60, reach: Infinity, theta: 1.3, room: 2, across: 0.02, down: 0.05, shown: 400 },
};

onmessage = ({ data: { round, places, half, source, target, stays } }) => {
  const given = FORCES[half.length > MANY ? "many" : "few"];
  const nodes = Array.from(half, (own, at) => {
    const [x, y] = [places[2 * at], places[2 * at + 1]];
    return stays[at] ? { half: own, x, y, fx: x, fy: y } : { half: own };
  });
  const links = pairsOf(source, target);
  begin(nodes, links, given.apart);
  const simulation = forceSimulation(nodes)
    .alphaDecay(1 - 0.001 ** (1 / given.steps))
    .force("link", forceLink(links).distance(given.apart))
    .force("charge", forceManyBody().theta(given.theta).strength(given.push).distanceMax(given.reach))
    .force("x", forceX().strength(given.across))
    .force("y", forceY().strength(given.down))
    .stop();
  let shown = performance.now();
  for (let step = 0; step < given.steps; step += 1) {
    // what makes room costs half of a step: in a crowd it waits until all else has its place
    if (step === given.loose) simulation.force("collide", forceCollide((node) => node.half + given.room));
    simulation.tick();
    if (step !== 0 && performance.now() - shown < given.shown) continue;
    send(round, nodes, false);
    shown = performance.now();
  }
  send(round, nodes, true);
};

// Two are tied as strongly by one tie as by ten: else what is much told of falls together.
function pairsOf(source, target) {
  const seen = new Set();
  const links = [];
  source.forEach((one, at) => {
    const other = target[at];
    const pair = Math.min(one, other) * 2 ** 26 + Math.max(one, other);
    if (one === other || seen.has(pair)) return;
    seen.add(pair);
    links.push({ source: one, target: other });
  });
  return links;
}

// Each begins beside the one through which it is first reached, so that a few steps show the shape of the whole.
function begin(nodes, links, apart) {
  const near = nodes.map(() => []);
  for (const { source, target } of links) {
    near[source].push(target);
    near[target].push(source);
  }
  const ranked = [...nodes.keys()].sort((one, other) => near[other].length - near[one].length);
  let [turn, part] = [0, 0];
  for (const root of ranked) {
    if (nodes[root].x !== undefined) continue;
    const friend = near[root].find((one) => nodes[one].x !== undefined);
    const from = friend === undefined ? { x: 0, y: 0 } : nodes[friend];
    const far = friend === undefined ? apart * Math.sqrt(part++) * 3 : apart;
    Object.assign(nodes[root], { x: from.x + far * Math.cos(turn), y: from.y + far * Math.sin(turn) });
    turn += 2.4;
    spread(root);
  }

  function spread(root) {
    const queue = [root];
    for (let next = 0; next < queue.length; next += 1) {
      for (const one of near[queue[next]]) {
        if (nodes[one].x !== undefined) continue;
        const { x, y } = nodes[queue[next]];
        const far = apart * (1 + Math.sqrt(near[queue[next]].length) / 2) * (0.4 + ((one * 7919) % 100) / 80);
        Object.assign(nodes[one], { x: x + far * Math.cos(turn), y: y + far * Math.sin(turn) });
        turn += 2.4; // the golden angle: nobody stands on anybody
        queue.push(one);
      }
    }
  }
}

function send(round, nodes, done) {
  const places = new Float32Array(nodes.length * 2);
  nodes.forEach((node, at) => places.set([node.x, node.y], at * 2));
  postMessage({ round, places, done }, [places.buffer]);
}
