// The shapes that scenes show, as sets of points around a centre.

/** What scenes show; the class of a shape is 1 + its place here, as 0 is the background. */
export const shapeNames = ['disc', 'square', 'triangle'] as const
export type ShapeName = (typeof shapeNames)[number]

/** A shape on the plane of an image: x to the right, y down, in pixels. */
export interface PlacedShape {
  readonly name: ShapeName
  readonly x: number
  readonly y: number
  /** Half of its width and height. */
  readonly radius: number
}

/** Whether a point relative to the centre, in radii, belongs to the shape. All fill the square [−1, 1]² from edge to edge. */
const contains: { readonly [Name in ShapeName]: (x: number, y: number) => boolean } = {
  disc: (x, y) => x * x + y * y <= 1,
  square: (x, y) => Math.abs(x) <= 1 && Math.abs(y) <= 1,
  triangle: (x, y) => y <= 1 && y >= -1 && Math.abs(x) <= (y + 1) / 2,
}

// Points of a pixel along each axis.
const samples = 3

/** The part of pixel (column, row) that the shape covers, in [0, 1]. */
export function coverage({ name, x, y, radius }: PlacedShape, column: number, row: number): number {
  let covered = 0
  for (let i = 0; i < samples; i++)
    for (let j = 0; j < samples; j++)
      if (contains[name]((column + (j + 0.5) / samples - x) / radius, (row + (i + 0.5) / samples - y) / radius))
        covered++
  return covered / samples ** 2
}
