// Builds the scripts and the base map of the reading room into the package: node build.mjs FOLDER

import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { geoEqualEarth, geoPath } from "d3-geo";
import { build } from "esbuild";
import { feature, mesh } from "topojson-client";

const HERE = dirname(fileURLToPath(import.meta.url));
const SCRIPTS = ["network.js", "layout.js", "painter.js", "map.js", "timeline.js"]; // layout.js and painter.js are workers
const LICENCES = new Set(["MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0"]);
const ATLAS = "world-atlas";
const WIDTH = 1000; // of the base map; connect/projection.py draws places on the same plane

async function scripts(folder) {
  const made = await build({
    absWorkingDir: HERE,
    entryPoints: SCRIPTS,
    outdir: folder,
    bundle: true,
    format: "esm",
    minify: true,
    target: "es2022",
    legalComments: "none", // all of them are in the notices
    metafile: true,
  });
  const inputs = Object.keys(made.metafile.inputs).map((name) => name.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)\//));
  return inputs.filter(Boolean).map((found) => found[1]);
}

async function baseMap(folder) {
  const atlas = JSON.parse(await readFile(createRequire(import.meta.url).resolve(`${ATLAS}/countries-50m.json`)));
  const projection = geoEqualEarth().fitWidth(WIDTH, { type: "Sphere" });
  const path = geoPath(projection).digits(2);
  const parts = {
    sphere: path({ type: "Sphere" }),
    land: path(feature(atlas, atlas.objects.land)),
    borders: path(mesh(atlas, atlas.objects.countries, (one, other) => one !== other)),
  };
  const height = Math.ceil(path.bounds({ type: "Sphere" })[1][1]);
  const paths = Object.entries(parts).map(([id, d]) => `<path id="${id}" d="${d}"/>`);
  const root = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}">`;
  await writeFile(join(folder, "world.svg"), `${root}${paths.join("")}</svg>\n`);
}

async function notices(folder, names) {
  const parts = [];
  for (const name of [...new Set(names)].sort()) {
    const home = join(HERE, "node_modules", name);
    const { version, license } = JSON.parse(await readFile(join(home, "package.json")));
    if (!LICENCES.has(license)) throw new Error(`${name} is under ${license}`);
    const file = (await readdir(home)).find((one) => /^licen[cs]e/i.test(one));
    if (!file) throw new Error(`${name} brings no licence`);
    parts.push(`${name} ${version} (${license})\n\n${(await readFile(join(home, file), "utf8")).trim()}\n`);
  }
  parts.push("The base map is made from Natural Earth, which is in the public domain.\n");
  await writeFile(join(folder, "THIRD-PARTY.txt"), parts.join(`\n${"-".repeat(72)}\n\n`));
}

const folder = process.argv[2];
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const used = await scripts(folder);
await baseMap(folder);
await notices(folder, [...used, ATLAS, "d3-geo", "topojson-client"]);
