/** A place in a tree map, in the units of the whole. */
export interface Place {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * Divides a rectangle into places whose areas are in proportion to the weights,
 * as near to squares as rows allow: squarified tree maps (Bruls, Huizing and
 * van Wijk 2000). Places are in the order of the weights, which are best given
 * largest first; a weight that is not above zero gets a place without area.
 */
export function squarify(
  weights: readonly number[],
  width: number,
  height: number,
): Place[] {
  const areas = scaled(weights, width * height);
  const places: Place[] = [];
  let free: Place = { x: 0, y: 0, width, height };
  let row: number[] = [];
  for (const area of areas) {
    const side = Math.min(free.width, free.height);
    if (row.length > 0 && worst([...row, area], side) > worst(row, side)) {
      free = layRow(row, free, places);
      row = [];
    }
    row.push(area);
  }
  layRow(row, free, places);
  return places;
}

function scaled(weights: readonly number[], area: number): number[] {
  const positive = weights.map(weight => (weight > 0 ? weight : 0));
  const total = positive.reduce((sum, weight) => sum + weight, 0);
  return positive.map(weight => (total > 0 ? (weight / total) * area : 0));
}

/** The largest ratio of a long to a short side in a row laid along `side`. */
function worst(row: readonly number[], side: number): number {
  const drawn = row.filter(area => area > 0);
  const sum = drawn.reduce((all, area) => all + area, 0);
  if (sum === 0 || side === 0) {
    return Infinity;
  }
  const thick = sum / side;
  return Math.max(
    ...drawn.map(area => Math.max(thick ** 2 / area, area / thick ** 2)),
  );
}

/** Lays a row along the shorter side of what is free; returns what stays free. */
function layRow(row: readonly number[], free: Place, places: Place[]): Place {
  const sum = row.reduce((all, area) => all + area, 0);
  const upright = free.width >= free.height;
  const side = upright ? free.height : free.width;
  const thick = side > 0 ? sum / side : 0;
  let along = upright ? free.y : free.x;
  for (const area of row) {
    const length = thick > 0 ? area / thick : 0;
    places.push(
      upright
        ? { x: free.x, y: along, width: thick, height: length }
        : { x: along, y: free.y, width: length, height: thick },
    );
    along += length;
  }
  return upright
    ? { ...free, x: free.x + thick, width: free.width - thick }
    : { ...free, y: free.y + thick, height: free.height - thick };
}
