// Boxes as plain numbers, for what chooses among them: how many it keeps depends on the values, so that no graph can say it.

/** Boxes one after the other, four numbers each: x1, y1, x2, y2. What `await boxes.data()` gives. */
export type BoxArray = ArrayLike<number>

/**
 * How many there are.
 * @throws RangeError if the length is no multiple of 4.
 */
export function countBoxes(operation: string, boxes: BoxArray): number {
  if (boxes.length % 4 === 0) return boxes.length / 4
  throw new RangeError(`${operation}: boxes have four numbers each (x1, y1, x2, y2); got ${boxes.length} numbers.`)
}

/**
 * Intersection over union of box number i of `a` with box number j of `b`; 0 where their union is empty.
 */
export function overlapOf(a: BoxArray, i: number, b: BoxArray, j: number): number {
  const width = Math.min(a[4 * i + 2]!, b[4 * j + 2]!) - Math.max(a[4 * i]!, b[4 * j]!)
  const height = Math.min(a[4 * i + 3]!, b[4 * j + 3]!) - Math.max(a[4 * i + 1]!, b[4 * j + 1]!)
  if (!(width > 0 && height > 0)) return 0
  const intersection = width * height
  return intersection / (areaAt(a, i) + areaAt(b, j) - intersection)
}

/** Area of box number i. */
function areaAt(boxes: BoxArray, i: number): number {
  return (boxes[4 * i + 2]! - boxes[4 * i]!) * (boxes[4 * i + 3]! - boxes[4 * i + 1]!)
}
