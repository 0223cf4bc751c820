// A grid of nodes as it lies in the plane.

const [columns, rows] = [61, 23]
const [from, to] = [-1.05, 1.05]

/**
 * The nodes (x, y of each, row by row of a square grid with `side` nodes a row) as `o` over the square from −1 to 1, joined to their neighbours on
 * the grid by dots.
 */
export function netPicture(weights: ArrayLike<number>, side: number): string[] {
  const field = Array.from({ length: rows }, () => Array.from({ length: columns }, () => ' '))
  const mark = (x: number, y: number, character: string): void => {
    const column = Math.round(((x - from) / (to - from)) * (columns - 1))
    const row = Math.round(((to - y) / (to - from)) * (rows - 1))
    if (field[row]?.[column] !== undefined && field[row][column] !== 'o') field[row][column] = character
  }
  const at = (node: number): readonly [number, number] => [weights[2 * node]!, weights[2 * node + 1]!]
  const join = (p: readonly [number, number], q: readonly [number, number]): void => {
    const pieces = 12
    for (let i = 1; i < pieces; i++) mark(p[0] + ((q[0] - p[0]) * i) / pieces, p[1] + ((q[1] - p[1]) * i) / pieces, '·')
  }
  for (let node = 0; node < side ** 2; node++) {
    if ((node + 1) % side !== 0) join(at(node), at(node + 1))
    if (node + side < side ** 2) join(at(node), at(node + side))
  }
  for (let node = 0; node < side ** 2; node++) mark(...at(node), 'o')
  return field.map((line) => line.join('').trimEnd())
}
