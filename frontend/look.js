// How nodes and ties look. Standing is told by the line and its mark as well as by its colour.

export const LINES = {
  asserted: { style: "solid", dash: [], mark: "none", colour: "--ink" },
  unproved: { style: "dashed", dash: [7, 5], mark: "none", colour: "--doubt" },
  disputed: { style: "dashed", dash: [14, 3, 3, 3], mark: "diamond", colour: "--bad" },
  denied: { style: "dashed", dash: [2, 4], mark: "tee", colour: "--bad" },
};

const PERSON = new Set(["Person"]);
const PLACE = new Set(["Address", "Country"]);
const BODY = new Set(["Company", "Organization", "LegalEntity", "PublicBody", "Partnership"]);

export function shapeOf(schema) {
  if (PERSON.has(schema)) return "ellipse";
  if (BODY.has(schema)) return "round-rectangle";
  return PLACE.has(schema) ? "triangle" : "diamond";
}

export function sizeOf(neighbours) {
  return Math.min(16 + 5 * Math.sqrt(neighbours), 52);
}

export function colours() {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(
    ["ink", "paper", "faint", "line", "shade", "chosen", "link", "doubt", "bad"].map((name) => [
      `--${name}`,
      style.getPropertyValue(`--${name}`).trim(),
    ]),
  );
}

export function looks(colour, many) {
  return many ? PLAIN : drawnByCytoscape(colour);
}

// Of a crowd cytoscape needs to know what is under the pointer; crowd.js draws it.
const PLAIN = [
  { selector: "node", style: { shape: "data(shape)", width: "data(size)", height: "data(size)" } },
  { selector: "edge", style: { "curve-style": "haystack", width: 2 } },
];

function drawnByCytoscape(colour) {
  return [
    {
      selector: "node",
      style: {
        label: "data(name)",
        shape: "data(shape)",
        width: "data(size)",
        height: "data(size)",
        "background-color": colour["--shade"],
        "border-color": colour["--ink"],
        "border-width": 1.5,
        color: colour["--ink"],
        "font-size": 12,
        "font-family": "system-ui, Noto Sans, Noto Sans CJK SC, sans-serif",
        "text-valign": "bottom",
        "text-margin-y": 3,
        "text-wrap": "wrap",
        "text-max-width": 130,
        "text-background-color": colour["--paper"],
        "text-background-opacity": 0.75,
        "min-zoomed-font-size": 8,
      },
    },
    { selector: "node[?seed]", style: { "background-color": colour["--chosen"] } },
    { selector: "node.pinned", style: { "border-width": 5 } },
    {
      selector: "edge",
      style: {
        width: "data(width)",
        "curve-style": "bezier",
        "control-point-step-size": 46,
        "line-color": colour["--ink"],
        label: "data(label)",
        color: colour["--faint"],
        "font-size": 10,
        "text-rotation": "autorotate",
        "text-background-color": colour["--paper"],
        "text-background-opacity": 0.85,
        "min-zoomed-font-size": 8,
        "target-arrow-color": colour["--ink"],
        "arrow-scale": 0.9,
      },
    },
    { selector: "edge[?directed]", style: { "target-arrow-shape": "triangle" } },
    ...Object.entries(LINES).map(([standing, line]) => ({
      selector: `edge[standing = "${standing}"]`,
      style: {
        "line-style": line.style,
        ...(line.dash.length ? { "line-dash-pattern": line.dash } : {}),
        "line-color": colour[line.colour],
        "target-arrow-color": colour[line.colour],
        "mid-target-arrow-shape": line.mark,
        "mid-target-arrow-color": colour[line.colour],
      },
    })),
    { selector: ".faded", style: { opacity: 0.15 } },
    {
      selector: "node:selected, edge:selected",
      style: { "overlay-color": colour["--link"], "overlay-opacity": 0.25, "overlay-padding": 5 },
    },
  ];
}
