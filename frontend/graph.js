// What is drawn, as objects and as numbers: nodes and ties of the page's twin in JSON, or of its columns.

import { STANDINGS, shapeOf, sizeOf, SHAPES } from "./look.js";

export const FADED = 1;
export const PINNED = 2;
export const LIFTED = 4; // in the user's hand: another canvas draws it
export const SEED = 8;

export function fromColumns({ nodes, ties }) {
  return {
    nodes: nodes.id.map((id, at) => ({ id, name: nodes.name[at], schema: nodes.schema[at], neighbours: nodes.neighbours[at] })),
    ties: ties.id.map((id, at) => ({
      id,
      kind: ties.kind[at],
      source: ties.source[at],
      target: ties.target[at],
      directed: ties.directed[at],
      standing: ties.standing[at],
      claims: ties.claims[at],
    })),
  };
}

export function fromRecords({ nodes, ties }) {
  const at = new Map(nodes.map(({ id }, number) => [id, number]));
  const tieOf = ({ source, target, claims, ...rest }) => ({ ...rest, source: at.get(source), target: at.get(target), claims: claims.length });
  return { nodes, ties: ties.map(tieOf) };
}

export class Graph {
  constructor({ nodes, ties }, seeds) {
    this.nodes = nodes.map((node, at) => ({ ...node, at, ties: [] }));
    this.ties = ties.map((tie, at) => ({ ...tie, at, label: tie.standing === "asserted" ? tie.kind : `${tie.kind}, ${tie.standing}` }));
    this.named = new Map(this.nodes.map((node) => [node.id, node]));
    for (const tie of this.ties) for (const end of new Set([tie.source, tie.target])) this.nodes[end].ties.push(tie);
    this.scene = {
      names: this.nodes.map(({ name }) => name),
      half: Float32Array.from(this.nodes, ({ neighbours }) => sizeOf(neighbours) / 2),
      shape: Uint8Array.from(this.nodes, ({ schema }) => SHAPES.indexOf(shapeOf(schema))),
      flags: Uint8Array.from(this.nodes, ({ id }) => (seeds.has(id) ? SEED : 0)),
      places: new Float32Array(2 * this.nodes.length),
      ranked: Uint32Array.from([...this.nodes].sort((one, other) => other.neighbours - one.neighbours), ({ at }) => at),
      source: Uint32Array.from(this.ties, ({ source }) => source),
      target: Uint32Array.from(this.ties, ({ target }) => target),
      bend: bends(this.ties),
      width: Float32Array.from(this.ties, ({ claims }) => 1.2 + Math.log2(claims + 1) * 0.7),
      directed: Uint8Array.from(this.ties, ({ directed }) => Number(directed)),
      standing: Uint8Array.from(this.ties, ({ standing }) => STANDINGS.indexOf(standing)),
      faded: new Uint8Array(this.ties.length),
      labels: this.ties.map(({ label }) => label),
    };
  }

  flag(node, flag, on) {
    const { flags } = this.scene;
    if (on) flags[node.at] |= flag;
    else flags[node.at] &= ~flag;
  }

  has(node, flag) {
    return Boolean(this.scene.flags[node.at] & flag);
  }

  spot(node) {
    return { x: this.scene.places[2 * node.at], y: this.scene.places[2 * node.at + 1] };
  }

  put(node, { x, y }) {
    this.scene.places.set([x, y], 2 * node.at);
  }

  beyond(tie, node) {
    return this.nodes[tie.source === node.at ? tie.target : tie.source];
  }
}

// Ties of one pair bend apart, each to its own side, whichever way they lead.
function bends(ties) {
  const pairs = new Map();
  for (const { source, target, at } of ties) {
    const pair = Math.min(source, target) * 2 ** 26 + Math.max(source, target);
    if (!pairs.has(pair)) pairs.set(pair, []);
    pairs.get(pair).push(at);
  }
  const bend = new Float32Array(ties.length);
  for (const own of pairs.values()) {
    own.forEach((at, place) => {
      const side = ties[at].source < ties[at].target ? 1 : -1;
      bend[at] = side * (place - (own.length - 1) / 2);
    });
  }
  return bend;
}
