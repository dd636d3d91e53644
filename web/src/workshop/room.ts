// Where an element may lie without covering another one or a way between others: at the place that is wanted, else as near as can
// be, first above and below it, then further to the right. Within the lane, for another lane is another unit's.

export type Point = { x: number; y: number };
export type Box = Point & { width: number; height: number };
export type Line = { waypoints: Point[] };

export const GAP = 20;
const ROWS = 8;
const COLUMNS = 12;

/** The middle of the place; the wanted one where there is no room at all. `lane` is the one to stay in. */
export function room(size: { width: number; height: number }, wanted: Point, taken: (Box | Line)[], lane?: Box): Point {
  const boxes = taken.flatMap((one) => ('waypoints' in one ? segments(one) : [one]));
  const isFree = (at: Point): boolean => isWithin(boxAt(at, size), lane) && !boxes.some((one) => overlap(boxAt(at, size, GAP), one));
  return places(size, wanted).find(isFree) ?? wanted;
}

function places(size: { width: number; height: number }, wanted: Point): Point[] {
  const down = Array.from({ length: ROWS }, (_, row) => (row + 1) * (size.height / 2 + GAP));
  const rows = [0, ...down.flatMap((by) => [by, -by])];
  return Array.from({ length: COLUMNS }, (_, column) => rows.map((dy) => ({ x: wanted.x + column * (size.width / 2 + GAP), y: wanted.y + dy }))).flat();
}

function boxAt({ x, y }: Point, { width, height }: { width: number; height: number }, gap = 0): Box {
  return { x: x - width / 2 - gap, y: y - height / 2 - gap, width: width + 2 * gap, height: height + 2 * gap };
}

/** A lane grows to the right by itself, not over its neighbours. */
function isWithin(box: Box, lane?: Box): boolean {
  return !lane || (box.y >= lane.y && box.y + box.height <= lane.y + lane.height && box.x >= lane.x);
}

function overlap(one: Box, other: Box): boolean {
  return one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y + one.height;
}

function segments({ waypoints }: Line): Box[] {
  return waypoints.slice(1).map((to, index) => {
    const from = waypoints[index]!;
    return { x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), width: Math.abs(from.x - to.x), height: Math.abs(from.y - to.y) };
  });
}
