// The course of a tie: from the edge of one node to that of the other, straight or bent. In any one unit.

const BEND = 46; // of a tie beside another one

// Numbers [x0, y0, cx, cy, x1, y1]: both ends and the control point of a quadratic curve; `room` is kept from
// the middle of each end, `unit` is the length of a pixel.
export function courseOf(ax, ay, bx, by, bend, unit, roomA, roomB) {
  const [dx, dy] = [bx - ax, by - ay];
  const length = Math.hypot(dx, dy) || 1;
  const cx = (ax + bx) / 2 - (dy / length) * bend * BEND * unit;
  const cy = (ay + by) / 2 + (dx / length) * bend * BEND * unit;
  const from = toward(ax, ay, cx, cy, roomA);
  const to = toward(bx, by, cx, cy, roomB);
  return [from[0], from[1], cx, cy, to[0], to[1]];
}

export function middleOf([x0, y0, cx, cy, x1, y1]) {
  return [(x0 + 2 * cx + x1) / 4, (y0 + 2 * cy + y1) / 4];
}

export function distanceTo([x0, y0, cx, cy, x1, y1], x, y, steps) {
  let least = Infinity;
  let [fromX, fromY] = [x0, y0];
  for (let step = 1; step <= steps; step += 1) {
    const t = step / steps;
    const toX = (1 - t) ** 2 * x0 + 2 * t * (1 - t) * cx + t * t * x1;
    const toY = (1 - t) ** 2 * y0 + 2 * t * (1 - t) * cy + t * t * y1;
    least = Math.min(least, fromSegment(fromX, fromY, toX, toY, x, y));
    [fromX, fromY] = [toX, toY];
  }
  return least;
}

function fromSegment(ax, ay, bx, by, x, y) {
  const [dx, dy] = [bx - ax, by - ay];
  const t = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(ax + t * dx - x, ay + t * dy - y);
}

function toward(ax, ay, bx, by, far) {
  const length = Math.hypot(bx - ax, by - ay);
  const share = length > 0 ? Math.min(far / length, 0.5) : 0;
  return [ax + (bx - ax) * share, ay + (by - ay) * share];
}
