// A worker: places nodes so that those that are tied stand together. Fixed ones stay where they are.

import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";

const MANY = 300;
const STEPS = { few: 300, many: 100 }; // of thousands the last ones move nothing that is seen
const SHOWN = { few: 120, many: 1500 }; // ms between two pictures of work in progress

onmessage = ({ data: { round, nodes, links } }) => {
  const many = nodes.length > MANY;
  const size = many ? "many" : "few";
  const simulation = forceSimulation(nodes)
    .alphaDecay(1 - 0.001 ** (1 / STEPS[size]))
    .force("link", forceLink(links).id((node) => node.id).distance(many ? 60 : 180))
    .force("charge", forceManyBody().theta(many ? 1.2 : 0.9).strength(many ? -90 : -900).distanceMax(many ? 600 : 900))
    .force("collide", forceCollide((node) => node.size / 2 + (many ? 3 : 34)))
    .force("x", forceX().strength(many ? 0.06 : 0.07))
    .force("y", forceY().strength(many ? 0.06 : 0.14))
    .stop();
  let shown = performance.now();
  for (let step = 0; step < STEPS[size]; step += 1) {
    simulation.tick();
    if (performance.now() - shown > SHOWN[size]) {
      send(round, nodes, false);
      shown = performance.now();
    }
  }
  send(round, nodes, true);
};

function send(round, nodes, done) {
  const places = new Float32Array(nodes.length * 2);
  nodes.forEach((node, at) => places.set([node.x, node.y], at * 2));
  postMessage({ round, places, done }, [places.buffer]);
}
