// A stretch drawn over the band becomes the days of the form.

const band = document.querySelector("svg.band");
const form = document.querySelector("form.filters");
const DAY = 86_400_000;

if (band && form && band.dataset.since) {
  const [since, until] = [Date.parse(band.dataset.since), Date.parse(band.dataset.until)];
  const left = Number(band.dataset.left);
  const { width, height } = band.viewBox.baseVal;
  const shade = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  shade.setAttribute("class", "chosen");
  shade.setAttribute("height", height);
  let from = null;

  const across = (event) => {
    const box = band.getBoundingClientRect();
    return Math.min(Math.max(((event.clientX - box.left) / box.width) * width, left), width);
  };
  const day = (x) => new Date(since + ((x - left) / (width - left)) * (until - since)).toISOString().slice(0, 10);

  band.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && event.button === 0 && !event.target.closest("a")) from = across(event);
  });
  band.addEventListener("pointermove", (event) => {
    if (from === null) return;
    band.setPointerCapture(event.pointerId);
    const here = across(event);
    shade.setAttribute("x", Math.min(from, here));
    shade.setAttribute("width", Math.abs(here - from));
    band.append(shade);
  });
  band.addEventListener("pointerup", (event) => {
    const start = from;
    from = null;
    if (start === null || !shade.isConnected) return;
    const [low, high] = [start, across(event)].sort((one, other) => one - other);
    if (Date.parse(day(high)) - Date.parse(day(low)) < DAY) return shade.remove();
    form.elements.since.value = day(low);
    form.elements.until.value = day(high);
    form.requestSubmit();
  });
}
