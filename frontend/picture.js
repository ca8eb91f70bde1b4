// The drawing as SVG, as it stands: it opens in any browser and can be drawn on in Inkscape.

import { courseOf, middleOf } from "./course.js";
import { FADED, PINNED, SEED } from "./graph.js";
import { FILLS, LINES, SHAPES, cornersOf, folded } from "./look.js";

const MARGIN = 60;
const LINE = 14; // height of a line of a name
const FAINT = 0.15;
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

export function svgOf(graph, colours, { left, top, right, bottom }) {
  const box = [left - MARGIN, top - MARGIN, right - left + 2 * MARGIN, bottom - top + 2 * MARGIN].map(Math.round);
  const [x, y, width, height] = box;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box.join(" ")}" font-family="sans-serif" text-anchor="middle">\n`,
    made("rect", { x, y, width, height, fill: colours["--paper"] }),
    ...graph.ties.map((tie) => lineOf(graph, tie, colours)),
    ...graph.nodes.map((node) => dotOf(graph, node, colours)),
    "</svg>\n",
  ].join("");
}

function made(name, attributes, inner) {
  const told = Object.entries(attributes).map(([key, value]) => ` ${key}="${typeof value === "number" ? round(value) : escaped(value)}"`);
  return inner === undefined ? `<${name}${told.join("")}/>\n` : `<${name}${told.join("")}>${inner}</${name}>\n`;
}

function escaped(words) {
  return String(words).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd").replace(/[&<>"]/g, (sign) => ENTITIES[sign]);
}

function round(number) {
  return Math.round(number * 10) / 10;
}

function lineOf({ scene }, tie, colours) {
  const { source, target, at, standing, directed, label } = tie;
  if (source === target) return "";
  const { places, half } = scene;
  const course = courseOf(
    places[2 * source], places[2 * source + 1], places[2 * target], places[2 * target + 1], scene.bend[at], 1, half[source] + 1, half[target] + 1,
  );
  const [x0, y0, cx, cy, x1, y1] = course.map(round);
  const line = LINES[standing];
  const stroke = colours[line.colour];
  const d = `M${x0} ${y0}${scene.bend[at] ? `Q${cx} ${cy} ` : "L"}${x1} ${y1}`;
  const dashes = line.dash.length ? { "stroke-dasharray": line.dash.join(" ") } : {};
  const [x, y] = middleOf(course);
  return made("g", scene.faded[at] ? { opacity: String(FAINT) } : {}, [
    made("path", { d, fill: "none", stroke, "stroke-width": scene.width[at], ...dashes }),
    directed ? arrow(cx, cy, x1, y1, stroke) : "",
    line.mark === "none" ? "" : mark(line.mark, x, y, stroke, colours["--paper"]),
    made("text", { x, y: y - 4, "font-size": 10, fill: colours["--faint"] }, escaped(label)),
  ].join(""));
}

function arrow(fromX, fromY, x, y, fill) {
  const angle = Math.atan2(y - fromY, x - fromX);
  const corners = [0.4, -0.4].map((turn) => `L${round(x - 9 * Math.cos(angle + turn))} ${round(y - 9 * Math.sin(angle + turn))}`);
  return made("path", { d: `M${x} ${y}${corners.join("")}Z`, fill });
}

function mark(kind, x, y, stroke, paper) {
  const d = kind === "diamond"
    ? `M${cornersOf("diamond", 5).map(([dx, dy]) => `${round(x + dx)} ${round(y + dy)}`).join("L")}Z`
    : `M${round(x - 5)} ${round(y - 5)}l10 10m0 -10l-10 10`;
  return made("path", { d, fill: kind === "diamond" ? paper : "none", stroke, "stroke-width": 2 });
}

function dotOf(graph, node, colours) {
  const { x, y } = graph.spot(node);
  const { half: halves, shape: shapes, flags } = graph.scene;
  const [half, shape, flag] = [halves[node.at], shapes[node.at], flags[node.at]];
  const look = { fill: colours[flag & SEED ? "--chosen" : FILLS[shape]], stroke: colours["--ink"], "stroke-width": flag & PINNED ? 4 : 1.25 };
  const corners = SHAPES[shape] === "box" ? null : cornersOf(SHAPES[shape], half);
  const dot = corners
    ? made("path", { d: `M${corners.map(([dx, dy]) => `${round(x + dx)} ${round(y + dy)}`).join("L")}Z`, ...look })
    : SHAPES[shape] === "circle"
      ? made("circle", { cx: x, cy: y, r: half, ...look })
      : made("rect", { x: x - half, y: y - half, width: 2 * half, height: 2 * half, rx: half * 0.35, ...look });
  const rows = folded(node.name).map((words, row) => made("tspan", { x, y: y + half + LINE * (row + 1) }, escaped(words)).trim());
  return made("g", flag & FADED ? { opacity: String(FAINT) } : {}, dot + made("text", { "font-size": 12, fill: colours["--ink"] }, rows.join("")));
}
