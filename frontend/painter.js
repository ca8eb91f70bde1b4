// A worker: paints the graph on a canvas of its own and hands over the picture, so that the page never waits for one.

import { paint } from "./paint.js";

let scene = null;
let canvas = null;

const DOES = {
  scene: (given) => void (scene = given),
  update: (given) => void Object.assign(scene, given),
  paint: ({ view, colours, area, ratio, bare }) => {
    const [width, height] = [Math.round(area.width * ratio), Math.round(area.height * ratio)];
    if (canvas?.width !== width || canvas.height !== height) canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, area.width, area.height);
    const named = paint(context, scene, view, colours, area, { bare });
    const bitmap = canvas.transferToImageBitmap();
    postMessage({ bitmap, view, area, named }, [bitmap]);
  },
  save: async ({ view, colours, area }) => {
    const sheet = new OffscreenCanvas(Math.round(area.width), Math.round(area.height));
    const context = sheet.getContext("2d");
    context.fillStyle = colours["--paper"];
    context.fillRect(0, 0, area.width, area.height);
    paint(context, scene, view, colours, area);
    postMessage({ blob: await sheet.convertToBlob({ type: "image/png" }) });
  },
};

onmessage = ({ data: { does, given } }) => DOES[does](given);
