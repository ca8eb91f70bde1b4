// Paints in a worker, one picture at a time, always of the latest view; on the page where a browser has no canvas for workers.

import { paint } from "./paint.js";

export class Brush {
  constructor(base, scene, shown) {
    Object.assign(this, { base, scene, shown, busy: false, wanted: null, saving: null });
    this.apart = typeof OffscreenCanvas === "function" && "transferToImageBitmap" in OffscreenCanvas.prototype;
    if (!this.apart) return;
    this.out = base.getContext("bitmaprenderer");
    this.worker = new Worker(new URL("./painter.js", import.meta.url), { type: "module" });
    this.worker.onmessage = ({ data }) => (data.blob ? this.saving(data.blob) : this.came(data));
    this.tell("scene", scene);
  }

  tell(does, given) {
    this.worker?.postMessage({ does, given });
  }

  update(...names) {
    this.tell("update", Object.fromEntries(names.map((name) => [name, this.scene[name]])));
  }

  paint(wanted) {
    if (!this.apart) return this.here(wanted);
    if (this.busy) return void (this.wanted = wanted);
    this.busy = true;
    this.tell("paint", wanted);
  }

  came({ bitmap, view, area, named }) {
    this.busy = false;
    this.base.width = bitmap.width;
    this.base.height = bitmap.height;
    this.out.transferFromImageBitmap(bitmap);
    this.shown(view, area, named);
    const next = this.wanted;
    this.wanted = null;
    if (next) this.paint(next);
  }

  here({ view, colours, area, ratio, bare }) {
    this.base.width = area.width * ratio;
    this.base.height = area.height * ratio;
    const context = this.base.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.shown(view, area, paint(context, this.scene, view, colours, area, { bare }));
  }

  save(wanted) {
    return new Promise((resolve) => {
      this.saving = resolve;
      if (this.apart) return this.tell("save", wanted);
      const { view, colours, area } = wanted;
      const sheet = document.createElement("canvas");
      Object.assign(sheet, { width: area.width, height: area.height });
      const context = sheet.getContext("2d");
      context.fillStyle = colours["--paper"];
      context.fillRect(0, 0, area.width, area.height);
      paint(context, this.scene, view, colours, area);
      sheet.toBlob(resolve, "image/png");
    });
  }
}
