// Draws thousands of nodes in a few strokes: cytoscape, which draws each for itself, takes seconds for a picture
// where no graphics card helps. It keeps all else: moving, scaling, what is under the pointer.
//
// `drawLayeredElements` is not in its documentation; the version is pinned.

import { LINES } from "./look.js";

const NAMED = 60; // names that are drawn where the whole is shown, those with the most neighbours first
const NEAR = 0.6; // scale from which on all names in sight are drawn
const MOST = 400; // names at a time
const SIZE = 12;

export function drawAsCrowd(cy, colours) {
  const nodes = cy.nodes().map((node) => node);
  const spots = new Map(nodes.map((node) => [node.id(), node.position()])); // cytoscape changes it in place
  const lines = Object.keys(LINES).map((standing) => [
    standing,
    cy.edges(`[standing = "${standing}"]`).map((edge) => [spots.get(edge.data("source")), spots.get(edge.data("target"))]),
  ]);
  const dots = nodes.map((node) => ({ node, at: node.position(), half: node.data("size") / 2, ...node.data() }));
  const ranked = [...dots].sort((one, other) => other.neighbours - one.neighbours);

  cy.renderer().drawLayeredElements = (context, _elements, _ratio, extent) => {
    const colour = colours();
    const zoom = cy.zoom();
    strokeAll(context, lines, colour, zoom);
    fillAll(context, dots, colour, zoom);
    for (const one of cy.$(":selected")) ring(context, one, colour, zoom);
    const inSight = ({ at }) => at.x > extent.x1 && at.x < extent.x2 && at.y > extent.y1 && at.y < extent.y2;
    const named = zoom < NEAR ? ranked.slice(0, NAMED) : ranked.filter(inSight).slice(0, MOST);
    name(context, named, colour, Math.max(SIZE, SIZE * 0.9 / zoom));
  };
}

function strokeAll(context, lines, colour, zoom) {
  for (const [standing, own] of lines) {
    const { dash, colour: name } = LINES[standing];
    context.beginPath();
    for (const [from, to] of own) {
      context.moveTo(from.x, from.y);
      context.lineTo(to.x, to.y);
    }
    context.setLineDash(dash.map((part) => part / Math.min(zoom, 1)));
    context.strokeStyle = colour[name];
    context.globalAlpha = standing === "asserted" ? 0.35 : 0.75;
    context.lineWidth = 1 / Math.min(zoom, 1);
    context.stroke();
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}

function fillAll(context, dots, colour, zoom) {
  for (const seed of [false, true]) {
    context.beginPath();
    for (const { at: { x, y }, half, shape, seed: own } of dots) {
      if (Boolean(own) !== seed) continue;
      if (shape === "ellipse") {
        context.moveTo(x + half, y);
        context.arc(x, y, half, 0, 2 * Math.PI);
      } else if (shape === "round-rectangle") {
        context.rect(x - half, y - half, 2 * half, 2 * half);
      } else {
        context.moveTo(x, y - half);
        if (shape === "diamond") context.lineTo(x + half, y);
        context.lineTo(x + (shape === "diamond" ? 0 : half), y + half);
        context.lineTo(x - half, y + (shape === "diamond" ? 0 : half));
        context.closePath();
      }
    }
    context.fillStyle = colour[seed ? "--chosen" : "--shade"];
    context.strokeStyle = colour["--ink"];
    context.lineWidth = 1 / Math.min(zoom, 1);
    context.fill();
    context.stroke();
  }
}

function ring(context, one, colour, zoom) {
  context.strokeStyle = colour["--link"];
  context.lineWidth = 4 / zoom;
  context.beginPath();
  if (one.isNode()) {
    const { x, y } = one.position();
    context.arc(x, y, one.data("size") / 2 + 4 / zoom, 0, 2 * Math.PI);
  } else {
    const [from, to] = [one.source().position(), one.target().position()];
    context.moveTo(from.x, from.y);
    context.lineTo(to.x, to.y);
  }
  context.stroke();
}

function name(context, dots, colour, size) {
  context.font = `${size}px system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "top";
  context.lineWidth = size / 4;
  context.strokeStyle = colour["--paper"];
  context.fillStyle = colour["--ink"];
  for (const { at: { x, y }, half, name: words } of dots) {
    context.strokeText(words, x, y + half + 2);
    context.fillText(words, x, y + half + 2);
  }
}
