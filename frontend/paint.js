// Paints a graph, or a part of one, on a canvas; in a worker as well as on the page. Lengths are pixels of the
// screen but for places; a view {k, x, y} puts a place p at p * k + (x, y).
//
// Without a graphics card each stroke is paid for in full. One path of ten thousand lines takes a second: where lines
// cross, all of it is solved at once. Lines of less than a pixel in paths of a few dozen take 30 ms.

import { courseOf, middleOf } from "./course.js";
import { FADED, LIFTED, PINNED, SEED } from "./graph.js";
import { FILLS, LINES, SHAPES, STANDINGS, cornersOf, grown } from "./look.js";
import { Labels } from "./labels.js";

const FINE = 1200; // ties in sight up to which each is drawn with its width, its bend and its arrow
const PART = 150; // and of a part, which the page itself paints
const LABELLED = 250; // and up to which its kind stands beside it
const CHUNK = 32; // lines in one path
const HAIR = 0.95; // a width that is drawn without an outline to be filled
const SMALL = 3; // half of a node that needs no border
const LARGE = 4.5; // half of one that has a dark border
const FAINT = 0.12; // how much is seen of what is faded
const NEAR = 0.45; // scale from which on kinds are written
const ARROW = 8;

// `area` is {width, height} of what is painted; `bare`: without names. `part`, {ties, nodes, mute}, their numbers,
// nodes that matter most first, and which of them are not named. Gives the numbers of those that are.
export function paint(context, scene, view, colours, area, { part = null, bare = false } = {}) {
  const own = new Strokes(context, scene, view, colours, area);
  const whole = !part;
  const ties = own.inSight(part?.ties ?? scene.source.keys(), whole);
  const fine = ties.length <= (whole ? FINE : PART);
  const crowd = ties.length > LABELLED;
  if (fine) for (const tie of ties) own.fineTie(tie, crowd);
  else own.hairs(ties);
  const nodes = own.nodesInSight(part?.nodes ?? scene.ranked, whole);
  for (let at = nodes.length - 1; at >= 0; at -= 1) own.node(nodes[at]);
  if (bare) return [];
  const labels = new Labels(context, scene, colours, area, grown(Math.min(Math.max(view.k, 1), 1.5)));
  const named = labels.nodes(part?.mute ? nodes.filter((at) => !part.mute.has(at)) : nodes, own.spots, view.k, (at) => own.shown(at));
  if (!crowd && view.k >= NEAR) labels.ties(ties.filter((at) => !scene.faded[at]), (at) => own.course(at));
  return named;
}

class Strokes {
  constructor(context, scene, { k, x, y }, colours, { width, height }) {
    Object.assign(this, { context, scene, k, colours, width, height, size: grown(k) });
    const { places } = scene;
    this.spots = new Float32Array(places.length);
    for (let at = 0; at < places.length; at += 2) {
      this.spots[at] = places[at] * k + x;
      this.spots[at + 1] = places[at + 1] * k + y;
    }
    context.lineJoin = "round";
  }

  inSight(ties, whole) {
    const { source, target, flags } = this.scene;
    const seen = [];
    for (const tie of ties) {
      const [one, other] = [source[tie], target[tie]];
      if (one === other || (whole && (flags[one] | flags[other]) & LIFTED)) continue;
      if (this.beside(this.spots[2 * one], this.spots[2 * other], this.width)) continue;
      if (this.beside(this.spots[2 * one + 1], this.spots[2 * other + 1], this.height)) continue;
      seen.push(tie);
    }
    return seen;
  }

  beside(one, other, most) {
    const bent = 60 * this.size;
    return (one < -bent && other < -bent) || (one > most + bent && other > most + bent);
  }

  nodesInSight(nodes, whole) {
    const seen = [];
    for (const at of nodes) {
      const [x, y, half] = [this.spots[2 * at], this.spots[2 * at + 1], this.scene.half[at] * this.size + 40];
      const lifted = whole && this.scene.flags[at] & LIFTED;
      if (!lifted && x > -half && x < this.width + half && y > -half && y < this.height + half) seen.push(at);
    }
    return seen;
  }

  shown(at) {
    return this.scene.flags[at] & FADED ? FAINT : 1;
  }

  // -- ties

  hairs(ties) {
    const { context, scene, colours, spots } = this;
    const thin = Math.max(0.16, Math.min(0.6, 900 / ties.length));
    for (const faded of [1, 0]) {
      STANDINGS.forEach((standing, number) => {
        const line = LINES[standing];
        const own = ties.filter((tie) => scene.standing[tie] === number && scene.faded[tie] === faded);
        context.strokeStyle = colours[line.colour];
        context.lineWidth = HAIR;
        context.globalAlpha = (number ? Math.max(thin, 0.55) : thin) * (faded ? FAINT : 1);
        context.setLineDash(line.dash.map((part) => part * 0.7));
        for (let from = 0; from < own.length; from += CHUNK) {
          context.beginPath();
          for (const tie of own.slice(from, from + CHUNK)) {
            const [one, other] = [2 * scene.source[tie], 2 * scene.target[tie]];
            context.moveTo(spots[one], spots[one + 1]);
            context.lineTo(spots[other], spots[other + 1]);
          }
          context.stroke();
        }
      });
    }
    context.setLineDash([]);
    context.globalAlpha = 1;
  }

  course(tie) {
    const { scene, spots, size } = this;
    const [one, other] = [scene.source[tie], scene.target[tie]];
    const [roomOne, roomOther] = [scene.half[one] * size + 1, scene.half[other] * size + 1];
    return courseOf(spots[2 * one], spots[2 * one + 1], spots[2 * other], spots[2 * other + 1], scene.bend[tie], size, roomOne, roomOther);
  }

  fineTie(tie, crowd) {
    const { context, scene, colours, size } = this;
    const line = LINES[STANDINGS[scene.standing[tie]]];
    const course = this.course(tie);
    const [x0, y0, cx, cy, x1, y1] = course;
    const width = crowd ? HAIR : Math.max(scene.width[tie] * Math.min(size, 1.4), HAIR);
    context.strokeStyle = context.fillStyle = colours[line.colour];
    context.globalAlpha = scene.faded[tie] ? FAINT : line.colour !== "--ink" ? 1 : crowd ? 0.5 : 0.7;
    context.lineWidth = width;
    context.setLineDash(line.dash.map((part) => part * Math.min(Math.max(size, 0.6), 1.4)));
    context.beginPath();
    context.moveTo(x0, y0);
    if (scene.bend[tie]) context.quadraticCurveTo(cx, cy, x1, y1);
    else context.lineTo(x1, y1);
    context.stroke();
    context.setLineDash([]);
    if (scene.directed[tie]) this.arrow(cx, cy, x1, y1, Math.max(ARROW * Math.min(size, 1.4), 4) + width);
    if (line.mark !== "none") this.mark(line.mark, ...middleOf(course), Math.max(5 * Math.min(size, 1.4), 3));
    context.globalAlpha = 1;
  }

  arrow(fromX, fromY, x, y, length) {
    const { context } = this;
    const angle = Math.atan2(y - fromY, x - fromX);
    context.beginPath();
    context.moveTo(x, y);
    for (const turn of [0.4, -0.4]) context.lineTo(x - length * Math.cos(angle + turn), y - length * Math.sin(angle + turn));
    context.closePath();
    context.fill();
  }

  mark(kind, x, y, half) {
    const { context, colours } = this;
    context.beginPath();
    if (kind === "diamond") {
      cornersOf("diamond", half).forEach(([dx, dy], number) => context[number ? "lineTo" : "moveTo"](x + dx, y + dy));
      context.closePath();
      context.save();
      context.fillStyle = colours["--paper"];
      context.fill();
      context.restore();
    } else {
      for (const turn of [1, -1]) {
        context.moveTo(x - half, y - half * turn);
        context.lineTo(x + half, y + half * turn);
      }
    }
    context.lineWidth = 2;
    context.stroke();
  }

  // -- nodes

  node(at) {
    const { context, scene, colours, size } = this;
    const [x, y, half, flags] = [this.spots[2 * at], this.spots[2 * at + 1], scene.half[at] * size, scene.flags[at]];
    const shape = scene.shape[at];
    context.globalAlpha = this.shown(at);
    context.fillStyle = colours[flags & SEED ? "--chosen" : FILLS[shape]];
    if (half < SMALL && !(flags & PINNED)) return this.dot(shape, x, y, Math.max(half * 0.8, 1.2));
    context.beginPath();
    outline(context, SHAPES[shape], x, y, half);
    context.fill();
    context.strokeStyle = colours[flags & PINNED || flags & SEED || half > LARGE ? "--ink" : "--paper"];
    context.lineWidth = flags & PINNED ? 4 : half > LARGE ? 1.25 : 0.75;
    context.stroke();
  }

  dot(shape, x, y, half) {
    if (SHAPES[shape] === "box") return this.context.fillRect(x - half, y - half, 2 * half, 2 * half);
    this.context.beginPath();
    outline(this.context, SHAPES[shape], x, y, half * 1.15);
    this.context.fill();
  }
}

export function outline(context, shape, x, y, half) {
  if (shape === "circle") return context.arc(x, y, half, 0, 2 * Math.PI);
  if (shape === "box") return context.roundRect(x - half, y - half, 2 * half, 2 * half, half * 0.35);
  cornersOf(shape, half).forEach(([dx, dy], number) => context[number ? "lineTo" : "moveTo"](x + dx, y + dy));
  context.closePath();
}
