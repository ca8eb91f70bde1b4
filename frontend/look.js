// How nodes and ties look. Standing is told by the line and its mark as well as by its colour.

export const LINES = {
  asserted: { dash: [], mark: "none", colour: "--ink" },
  unproved: { dash: [7, 5], mark: "none", colour: "--doubt" },
  disputed: { dash: [14, 3, 3, 3], mark: "diamond", colour: "--bad" },
  denied: { dash: [2, 4], mark: "cross", colour: "--bad" },
};
export const STANDINGS = Object.keys(LINES);
export const SHAPES = ["circle", "box", "triangle", "diamond"];
export const FILLS = ["--person", "--body", "--place", "--thing"]; // of each shape

const PERSON = new Set(["Person"]);
const PLACE = new Set(["Address", "Country"]);
const BODY = new Set(["Company", "Organization", "LegalEntity", "PublicBody", "Partnership"]);

const LONG = 24; // letters of a line of a name
const LINES_OF_NAME = 3;

export function shapeOf(schema) {
  if (PERSON.has(schema)) return "circle";
  if (BODY.has(schema)) return "box";
  return PLACE.has(schema) ? "triangle" : "diamond";
}

export function sizeOf(neighbours) {
  return Math.min(13 + 4 * Math.sqrt(neighbours), 60);
}

// How much larger or smaller nodes and lines are drawn at a scale: from afar they shrink less than what lies between.
export function grown(k) {
  return k < 1 ? k ** 0.75 : k;
}

export function colours() {
  const style = getComputedStyle(document.documentElement);
  const names = ["--ink", "--paper", "--faint", "--line", "--chosen", "--link", "--doubt", "--bad", ...FILLS];
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(name).trim()]));
}

// The corners of a shape around (0, 0); null for a circle.
export function cornersOf(shape, half) {
  return {
    box: [[-half, -half], [half, -half], [half, half], [-half, half]],
    triangle: [[0, -half], [half, half], [-half, half]],
    diamond: [[0, -half], [half, 0], [0, half], [-half, 0]],
  }[shape] ?? null;
}

export function folded(name) {
  const lines = [""];
  for (const word of name.split(" ")) {
    const last = lines.at(-1);
    if (last && last.length + word.length >= LONG) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return lines.length > LINES_OF_NAME ? [...lines.slice(0, LINES_OF_NAME - 1), `${lines[LINES_OF_NAME - 1]} …`] : lines;
}
