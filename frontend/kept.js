// Where the user left nodes, by case: in this browser alone, under ids, without names.

import { PINNED } from "./graph.js";

const MOST = 20000;

export class Kept {
  constructor(mark) {
    this.key = `casegraph:layout:${mark.slice(0, 20)}`;
    try {
      this.places = new Map(Object.entries(JSON.parse(localStorage.getItem(this.key)) ?? {}));
    } catch {
      this.places = new Map(); // no storage, or another's words in it
    }
  }

  get(id) {
    const [x, y, pinned] = this.places.get(id) ?? [];
    return Number.isFinite(x) && Number.isFinite(y) ? { x, y, pinned: Boolean(pinned) } : null;
  }

  keep(graph, nodes) {
    for (const node of nodes) {
      const { x, y } = graph.spot(node);
      this.places.delete(node.id); // so that it becomes the newest
      this.places.set(node.id, [Math.round(x), Math.round(y), graph.has(node, PINNED) ? 1 : 0]);
    }
    try {
      localStorage.setItem(this.key, JSON.stringify(Object.fromEntries([...this.places].slice(-MOST))));
    } catch {
      // a browser that keeps nothing: the layout lasts as long as the page
    }
  }
}
