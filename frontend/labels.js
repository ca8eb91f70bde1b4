// Words beside nodes and ties, where there is room: those of what matters most first.

import { middleOf } from "./course.js";
import { LINES, STANDINGS, folded, grown } from "./look.js";

const CELL = 4; // pixels of the grid that says where there is room
const LETTERS = 12; // height of a name's letters
const KINDS = 10; // of a kind's
const ALL = 60; // names up to which each is written, room or none
const APART = 120; // nodes in sight up to which no name lies on a node; with more, none would find room
const MOST = { near: 250, crowd: 45 }; // names at a time
const CROWD = 400; // nodes in sight from which on small ones have no name
const WORTHY = 3.5; // half of the least that has
const FAMILY = 'system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif';

const measured = new Map(); // words and font to lines and width

export class Labels {
  constructor(context, scene, colours, { width, height }, scale) {
    Object.assign(this, { context, scene, colours, scale });
    this.columns = Math.ceil(width / CELL);
    this.rows = Math.ceil(height / CELL);
    this.taken = new Uint8Array(this.columns * this.rows);
  }

  nodes(nodes, spots, k, shownOf) {
    const { context, scene, scale } = this;
    const size = LETTERS * scale;
    const line = size * 1.15;
    const grows = grown(k);
    const few = nodes.length <= ALL;
    for (const at of nodes) {
      const half = scene.half[at] * grows;
      if (few || (nodes.length <= APART && half > LETTERS / 2)) this.take(spots[2 * at] - half, spots[2 * at + 1] - half, 2 * half, 2 * half);
    }
    context.font = `${size}px ${FAMILY}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    const [least, most] = [nodes.length > CROWD ? WORTHY : 0, nodes.length > APART ? MOST.crowd : MOST.near];
    const written = [];
    for (const at of nodes) {
      const [x, y, half] = [spots[2 * at], spots[2 * at + 1], scene.half[at] * grows];
      if (written.length >= most || half < least) break;
      const { lines, width } = this.measure(scene.names[at], size);
      const height = lines.length * line;
      const free = this.side(x, y, half, width, height, few);
      if (!free) continue;
      written.push(at);
      this.take(free[0] - width / 2, free[1] - height / 2, width, height);
      context.globalAlpha = shownOf(at);
      this.write(lines, free[0], free[1], width, line, "--ink");
    }
    context.globalAlpha = 1;
    return written;
  }

  // The middle of a name: below its node, else where there is room; where it must be written, where it hides least.
  side(x, y, half, width, height, must) {
    const [across, down] = [half + CELL + width / 2, half + CELL + height / 2];
    const sides = [[0, down], [0, -down], [across, 0], [-across, 0], [across, down], [-across, down], [across, -down], [-across, -down]];
    let [best, least] = [null, must ? Infinity : 1];
    for (const [dx, dy] of sides) {
      const hidden = this.hidden(x + dx - width / 2, y + dy - height / 2, width, height, least);
      if (hidden < least) [best, least] = [[x + dx, y + dy], hidden];
      if (least === 0) break;
    }
    return best;
  }

  ties(ties, courseOf) {
    const { context, scene, scale } = this;
    const size = KINDS * scale;
    context.font = `${size}px ${FAMILY}`;
    for (const tie of ties) {
      const course = courseOf(tie);
      const [x0, y0, , , x1, y1] = course;
      const words = scene.labels[tie];
      const { width } = this.measure(words, size, true);
      if (Math.hypot(x1 - x0, y1 - y0) < width + 16) continue;
      let angle = Math.atan2(y1 - y0, x1 - x0);
      if (Math.abs(angle) > Math.PI / 2) angle -= Math.sign(angle) * Math.PI;
      const beside = LINES[STANDINGS[scene.standing[tie]]].mark === "none" ? 0 : size * 1.1; // the mark stays to be seen
      const middle = middleOf(course);
      const [x, y] = [middle[0] + beside * Math.sin(angle), middle[1] - beside * Math.cos(angle)];
      const steps = [-0.5, -0.25, 0, 0.25, 0.5].map((share) => [x + share * width * Math.cos(angle), y + share * width * Math.sin(angle)]);
      if (steps.some(([px, py]) => this.hidden(px - 4, py - 4, 8, 8, 1))) continue;
      for (const [px, py] of steps) this.take(px - 5, py - 5, 10, 10);
      context.save();
      context.translate(x, y);
      context.rotate(angle);
      this.write([words], 0, 0, width, size * 1.2, "--faint");
      context.restore();
    }
  }

  write(lines, x, y, width, line, colour) {
    const { context, colours } = this;
    const height = lines.length * line;
    const shown = context.globalAlpha;
    context.fillStyle = colours["--paper"];
    context.globalAlpha = shown * 0.8;
    context.fillRect(x - width / 2 - 2, y - height / 2, width + 4, height);
    context.globalAlpha = shown;
    context.fillStyle = colours[colour];
    lines.forEach((words, row) => context.fillText(words, x, y - height / 2 + line * (row + 0.5)));
  }

  measure(words, size, single = false) {
    const key = `${size} ${single} ${words}`;
    let found = measured.get(key);
    if (!found) {
      const lines = single ? [words] : folded(words);
      found = { lines, width: Math.max(...lines.map((one) => this.context.measureText(one).width)) };
      if (measured.size > 20_000) measured.clear();
      measured.set(key, found);
    }
    return found;
  }

  cells(x, y, width, height) {
    return [
      Math.max(Math.floor(x / CELL), 0),
      Math.max(Math.floor(y / CELL), 0),
      Math.min(Math.ceil((x + width) / CELL), this.columns),
      Math.min(Math.ceil((y + height) / CELL), this.rows),
    ];
  }

  // How much of a box is taken already, in cells; counting ends at `most`.
  hidden(x, y, width, height, most) {
    const [left, top, right, bottom] = this.cells(x, y, width, height);
    let count = 0;
    for (let row = top; row < bottom && count < most; row += 1) {
      for (let column = left; column < right; column += 1) count += this.taken[row * this.columns + column];
    }
    return count;
  }

  take(x, y, width, height) {
    const [left, top, right, bottom] = this.cells(x, y, width, height);
    for (let row = top; row < bottom; row += 1) this.taken.fill(1, row * this.columns + left, Math.max(row * this.columns + right, row * this.columns + left));
  }
}
