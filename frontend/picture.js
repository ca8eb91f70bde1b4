// The drawing as SVG, as it stands: it opens in any browser and can be drawn on in Inkscape.

import { LINES } from "./look.js";

const NS = "http://www.w3.org/2000/svg";
const MARGIN = 30;
const LINE = 14; // height of a line of a name
const LONG = 24; // letters of one

export function svgOf(cy, colour) {
  const box = cy.elements(":visible").boundingBox();
  const root = element("svg", {
    xmlns: NS,
    viewBox: [box.x1 - MARGIN, box.y1 - MARGIN, box.w + 2 * MARGIN, box.h + 2 * MARGIN].map(Math.round).join(" "),
    "font-family": "sans-serif",
  });
  root.append(
    element("rect", { x: box.x1 - MARGIN, y: box.y1 - MARGIN, width: box.w + 2 * MARGIN, height: box.h + 2 * MARGIN, fill: colour["--paper"] }),
  );
  cy.edges(":visible").forEach((edge) => root.append(...lineOf(edge, colour)));
  cy.nodes(":visible").forEach((node) => root.append(...dotOf(node, colour)));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(root)}\n`;
}

function element(name, attributes, text) {
  const made = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key !== "xmlns") made.setAttribute(key, typeof value === "number" ? Math.round(value * 10) / 10 : value);
  }
  if (text !== undefined) made.textContent = text;
  return made;
}

function lineOf(edge, colour) {
  const { standing, directed, label, width } = edge.data();
  const line = LINES[standing];
  const [from, to, middle] = [edge.sourceEndpoint(), edge.targetEndpoint(), edge.midpoint()];
  const bends = edge.controlPoints() ?? [];
  const bend = bends.length === 1 ? `Q${at(bends[0])} ${at(to)}` : `L${at(to)}`;
  const stroke = colour[line.colour];
  const parts = [
    element("path", {
      d: `M${at(from)}${bend}`,
      fill: "none",
      stroke,
      "stroke-width": width,
      ...(line.dash.length ? { "stroke-dasharray": line.dash.join(" ") } : {}),
    }),
  ];
  if (directed) parts.push(arrow(bends[0] ?? from, to, stroke));
  if (line.mark !== "none") parts.push(cross(middle, stroke));
  if (label) {
    parts.push(element("text", { x: middle.x, y: middle.y - 4, "font-size": 10, fill: colour["--faint"], "text-anchor": "middle" }, label));
  }
  return parts;
}

function arrow(from, to, fill) {
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const corner = (turn) => ({ x: to.x - 9 * Math.cos(angle + turn), y: to.y - 9 * Math.sin(angle + turn) });
  return element("path", { d: `M${at(to)}L${at(corner(0.4))}L${at(corner(-0.4))}Z`, fill });
}

function cross({ x, y }, stroke) {
  return element("path", { d: `M${x - 5} ${y - 5}L${x + 5} ${y + 5}M${x + 5} ${y - 5}L${x - 5} ${y + 5}`, stroke, "stroke-width": 2 });
}

function dotOf(node, colour) {
  const { x, y } = node.position();
  const { shape, size, name, seed } = node.data();
  const look = { fill: colour[seed ? "--chosen" : "--shade"], stroke: colour["--ink"], "stroke-width": node.hasClass("pinned") ? 5 : 1.5 };
  const half = size / 2;
  const corners = { triangle: [[0, -half], [half, half], [-half, half]], diamond: [[0, -half], [half, 0], [0, half], [-half, 0]] }[shape];
  const dot = corners
    ? element("path", { d: `M${corners.map(([dx, dy]) => `${x + dx} ${y + dy}`).join("L")}Z`, ...look })
    : shape === "ellipse"
      ? element("circle", { cx: x, cy: y, r: half, ...look })
      : element("rect", { x: x - half, y: y - half, width: size, height: size, rx: size / 5, ...look });
  const text = element("text", { "font-size": 12, fill: colour["--ink"], "text-anchor": "middle" });
  folded(name).forEach((words, row) => text.append(element("tspan", { x, y: y + half + LINE * (row + 1) }, words)));
  return [dot, text];
}

function folded(name) {
  const lines = [""];
  for (const word of name.split(" ")) {
    const last = lines.at(-1);
    if (last && last.length + word.length >= LONG) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return lines;
}

function at({ x, y }) {
  return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
}
