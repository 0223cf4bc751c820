// A picture of a function of the plane that says yes or no.

/** The square of the plane to draw, and how finely. */
export interface Grid {
  readonly from: number
  readonly to: number
  readonly columns: number
  readonly rows: number
}

/** Points to mark, with the character to mark them by. */
export interface Mark {
  readonly x: number
  readonly y: number
  readonly character: string
}

/** The grid's points as x, y pairs: from the top left to the bottom right, y upwards. */
export function gridPoints({ from, to, columns, rows }: Grid): Float32Array {
  const points = new Float32Array(2 * columns * rows)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      points[2 * (row * columns + column)] = from + ((to - from) * column) / (columns - 1)
      points[2 * (row * columns + column) + 1] = to - ((to - from) * row) / (rows - 1)
    }
  return points
}

/** The region where `outputs` (one for each grid point) is above one half, as text: `#` above, `·` below. */
export function decisionRegion(grid: Grid, outputs: ArrayLike<number>, marks: readonly Mark[]): string[] {
  const { from, to, columns, rows } = grid
  const characters = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column): string => (outputs[row * columns + column]! > 0.5 ? '#' : '·')),
  )
  for (const { x, y, character } of marks) {
    const column = Math.round(((x - from) / (to - from)) * (columns - 1))
    const row = Math.round(((to - y) / (to - from)) * (rows - 1))
    characters[row]![column] = character
  }
  return characters.map((line) => line.join(''))
}
