// Where the graph stands: moving and scaling it, what is under the pointer, what is chosen, a node in the hand.
//
// The picture below comes from a worker and is moved with the view until the next one comes; the one above holds
// what must follow the pointer at once. So a frame costs the page next to nothing, however many nodes there are.

import { drag } from "d3-drag";
import { quadtree } from "d3-quadtree";
import { select } from "d3-selection";
import { zoom, zoomIdentity } from "d3-zoom";

import { Brush } from "./brush.js";
import { courseOf, distanceTo } from "./course.js";
import { LIFTED } from "./graph.js";
import { SHAPES, grown } from "./look.js";
import { outline, paint } from "./paint.js";

const SCALES = [0.02, 5];
const CLOSEST = 1.4; // scale at which few nodes are shown at first
const AROUND = 110; // pixels that are painted beyond each edge: what a fast hand brings into sight
const ROOM = 48; // kept free around the whole
const NEAR = 5; // pixels from a tie that count as a click on it
const VEILED = 250; // ties from which on what is chosen stands alone
const BIGGEST = 8000; // pixels of a side of a saved picture

export class Stage {
  constructor(home, graph, colours, on) {
    Object.assign(this, { home, graph, colours, on, view: zoomIdentity, chosen: null, pointed: null, held: null, tree: null, named: new Set() });
    const canvases = ["base", "over"].map((name) => document.createElement("canvas"));
    [this.base, this.over] = canvases;
    home.append(...canvases);
    this.brush = new Brush(this.base, graph.scene, (...given) => this.came(...given));
    this.zoom = zoom().scaleExtent(SCALES).on("zoom", ({ transform, sourceEvent }) => this.moved(transform, sourceEvent));
    this.handle = select(home);
    this.handle.call(this.dragging()).call(this.zoom).on("dblclick.zoom", null);
    home.addEventListener("click", (event) => this.on.choose(this.under(event)));
    home.addEventListener("pointermove", (event) => this.point(event.buttons ? null : this.under(event, true)));
    home.addEventListener("pointerleave", () => this.point(null));
    this.resize();
    new ResizeObserver(() => this.resize()).observe(home);
  }

  resize() {
    const { clientWidth: width, clientHeight: height } = this.home;
    if (!width || !height || (width === this.width && height === this.height)) return;
    Object.assign(this, { width, height, ratio: Math.min(devicePixelRatio || 1, 2) });
    this.over.width = width * this.ratio;
    this.over.height = height * this.ratio;
    this.repaint();
  }

  // -- what is painted

  repaint() {
    const { k, x, y } = this.view;
    const area = { width: this.width + 2 * AROUND, height: this.height + 2 * AROUND };
    const wanted = { view: { k, x: x + AROUND, y: y + AROUND }, colours: this.colours, area, ratio: this.ratio, bare: this.alone };
    this.brush.paint(wanted);
    this.overpaint();
  }

  came(view, { width, height }, named) {
    this.painted = view;
    this.named = new Set(named);
    this.base.style.width = `${width}px`;
    this.base.style.height = `${height}px`;
    this.align();
    if (this.pointed) this.overpaint(); // other names may be written now
    this.on.drawn();
  }

  align() {
    if (!this.painted) return;
    const share = this.view.k / this.painted.k;
    const [x, y] = [this.view.x - this.painted.x * share, this.view.y - this.painted.y * share];
    this.base.style.transform = `translate(${x}px, ${y}px) scale(${share})`;
  }

  overpaint() {
    this.asked ??= requestAnimationFrame(() => {
      this.asked = null;
      this.overpainted();
    });
  }

  overpainted() {
    const context = this.over.getContext("2d");
    const { scene } = this.graph;
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    context.clearRect(0, 0, this.width, this.height);
    const shown = [this.chosen, this.held, this.pointed].filter(Boolean);
    this.base.style.opacity = this.alone ? "0.3" : "";
    const parts = this.alone ? shown : shown.filter((one) => one !== this.chosen || one === this.held);
    if (parts.length) {
      const ties = parts.flatMap((one) => (one.ties ? (one === this.pointed && one !== this.chosen ? [] : one.ties) : [one]));
      const near = parts.flatMap((one) => this.around(one)).sort((one, other) => other.neighbours - one.neighbours);
      const first = new Set([...parts.filter((one) => one.ties), ...near].map(({ at }) => at));
      const part = { ties: new Set(ties.map(({ at }) => at)), nodes: first, mute: this.alone ? null : this.named };
      paint(context, scene, this.view, this.colours, this, { part });
    }
    for (const one of new Set(shown)) this.ring(context, one);
  }

  // Whom the upper picture shows beside what it shows: the ends of a tie, and whom a chosen one is tied to.
  around(one) {
    if (!one.ties) return [this.graph.nodes[one.source], this.graph.nodes[one.target]];
    return one === this.chosen && this.alone ? one.ties.map((tie) => this.graph.beyond(tie, one)) : [];
  }

  get alone() {
    return Boolean(this.chosen) && this.graph.ties.length > VEILED;
  }

  ring(context, one) {
    const { colours, view } = this;
    context.strokeStyle = colours["--link"];
    context.globalAlpha = one === this.chosen ? 0.9 : 0.5;
    context.lineWidth = 4;
    context.beginPath();
    if (one.ties) {
      const { x, y } = this.graph.spot(one);
      outline(context, SHAPES[this.graph.scene.shape[one.at]], x * view.k + view.x, y * view.k + view.y, this.half(one) + 4);
    } else {
      const [x0, y0, cx, cy, x1, y1] = this.course(one);
      context.moveTo(x0, y0);
      context.quadraticCurveTo(cx, cy, x1, y1);
      context.globalAlpha *= 0.5;
      context.lineWidth = 9;
    }
    context.stroke();
    context.globalAlpha = 1;
  }

  // -- what is under the pointer

  half(node) {
    return this.graph.scene.half[node.at] * grown(this.view.k);
  }

  course({ source, target, at }) {
    const { places, half, bend } = this.graph.scene;
    const { k, x, y } = this.view;
    const spot = (node) => [places[2 * node] * k + x, places[2 * node + 1] * k + y];
    const size = grown(k);
    return courseOf(...spot(source), ...spot(target), bend[at], size, half[source] * size, half[target] * size);
  }

  under(event, nodesAlone = false) {
    const box = this.home.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    return this.nodeAt(x, y) ?? (nodesAlone ? null : this.tieAt(x, y));
  }

  nodeAt(x, y) {
    const { places } = this.graph.scene;
    this.tree ??= quadtree(this.graph.nodes, ({ at }) => places[2 * at], ({ at }) => places[2 * at + 1]);
    const { k } = this.view;
    const [wx, wy] = this.view.invert([x, y]);
    const reach = 31 * grown(k) / k + 4 / k; // half of the largest node
    let [best, least] = [null, Infinity];
    this.tree.visit((branch, x0, y0, x1, y1) => {
      if (x0 > wx + reach || x1 < wx - reach || y0 > wy + reach || y1 < wy - reach) return true;
      for (let leaf = branch.length ? null : branch; leaf; leaf = leaf.next) {
        const spot = this.graph.spot(leaf.data);
        const far = Math.max(Math.abs(spot.x - wx), Math.abs(spot.y - wy)) * k - Math.max(this.half(leaf.data), 4);
        if (far <= 1 && far < least) [best, least] = [leaf.data, far];
      }
      return false;
    });
    return best;
  }

  tieAt(x, y) {
    let [best, least] = [null, NEAR];
    for (const tie of this.graph.ties) {
      const course = this.course(tie);
      const far = distanceTo(course, x, y, this.graph.scene.bend[tie.at] ? 12 : 1);
      if (far < least) [best, least] = [tie, far];
    }
    return best;
  }

  point(one) {
    if (one === this.pointed) return;
    this.pointed = one;
    this.home.style.cursor = one ? "pointer" : "";
    this.overpaint();
  }

  choose(one) {
    const alone = this.alone;
    this.chosen = one;
    if (alone === this.alone) this.overpaint();
    else this.repaint();
  }

  // -- what moves

  moved(transform, byHand) {
    if (byHand) this.on.moved();
    this.view = transform;
    this.align();
    this.repaint();
  }

  placed() {
    this.tree = null;
    this.brush.update("places");
    this.repaint();
  }

  flagged() {
    this.brush.update("flags", "faded");
    this.repaint();
  }

  dragging() {
    return drag()
      .container(this.home)
      .subject(({ x, y }) => {
        const node = this.nodeAt(x, y);
        if (!node) return undefined; // then the whole moves
        const [at, { k }] = [this.graph.spot(node), this.view];
        return { node, x: at.x * k + this.view.x, y: at.y * k + this.view.y };
      })
      .on("drag", ({ subject: { node }, x, y }) => {
        if (this.held !== node) this.lift(node);
        const [wx, wy] = this.view.invert([x, y]);
        this.graph.put(node, { x: wx, y: wy });
        this.overpaint();
      })
      .on("end", ({ subject: { node } }) => this.held === node && this.drop(node));
  }

  lift(node) {
    this.held = node;
    this.pointed = null;
    this.graph.flag(node, LIFTED, true);
    this.flagged();
  }

  drop(node) {
    this.held = null;
    this.graph.flag(node, LIFTED, false);
    this.brush.update("flags");
    this.placed();
    this.on.dropped(node);
  }

  panBy(dx, dy) {
    const { k, x, y } = this.view;
    this.show(k, x + dx, y + dy);
  }

  zoomBy(by) {
    this.handle.call(this.zoom.scaleBy, by);
  }

  fit() {
    const { left, top, right, bottom } = this.box();
    const room = Math.min(ROOM, this.width / 8);
    const k = Math.min((this.width - 2 * room) / (right - left || 1), (this.height - 2 * room) / (bottom - top || 1), CLOSEST);
    this.show(k, (this.width - (left + right) * k) / 2, (this.height - (top + bottom) * k) / 2);
  }

  centre(node) {
    const k = Math.max(this.view.k, 1);
    const { x, y } = this.graph.spot(node);
    this.show(k, this.width / 2 - x * k, this.height / 2 - y * k);
  }

  show(k, x, y) {
    this.handle.call(this.zoom.transform, zoomIdentity.translate(x, y).scale(k));
  }

  box() {
    const { places } = this.graph.scene;
    const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
    for (let at = 0; at < places.length; at += 2) {
      box.left = Math.min(box.left, places[at]);
      box.right = Math.max(box.right, places[at]);
      box.top = Math.min(box.top, places[at + 1]);
      box.bottom = Math.max(box.bottom, places[at + 1]);
    }
    return box;
  }

  recolour(colours) {
    this.colours = colours;
    this.repaint();
  }

  png() {
    const { left, top, right, bottom } = this.box();
    const [width, height] = [right - left + 4 * ROOM, bottom - top + 4 * ROOM];
    const k = Math.min(2, BIGGEST / width, BIGGEST / height);
    const view = { k, x: (2 * ROOM - left) * k, y: (2 * ROOM - top) * k };
    return this.brush.save({ view, colours: this.colours, area: { width: width * k, height: height * k } });
  }
}
