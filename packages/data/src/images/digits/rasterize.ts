import type { Polyline } from './pen-path.ts'

/**
 * How much ink each pixel holds: 1 inside a line, 0 outside, in between over `softness` pixels at its edge.
 *
 *     ink = clamp(1/2 − d / softness),   d = min over pieces of (distance to the piece − radius there)
 *
 * Lines are in pixels, pixel (column, row) has its centre at (column + ½, row + ½). Writes `size` × `size` values, row-major.
 */
export function rasterize(lines: readonly Polyline[], size: number, softness: number, ink: Float64Array): void {
  ink.fill(Number.POSITIVE_INFINITY)
  for (const line of lines)
    for (let start = 0; start + 5 < line.length; start += 3) lowerToPiece(line, start, size, softness, ink)
  for (let pixel = 0; pixel < ink.length; pixel++) ink[pixel] = Math.min(1, Math.max(0, 0.5 - ink[pixel]! / softness))
}

/** Lowers the distances `d` of the pixels near the piece that starts at `start`. */
function lowerToPiece(line: Polyline, start: number, size: number, softness: number, distances: Float64Array): void {
  const x0 = line[start]!
  const y0 = line[start + 1]!
  const r0 = line[start + 2]!
  const dx = line[start + 3]! - x0
  const dy = line[start + 4]! - y0
  const dr = line[start + 5]! - r0
  const squaredLength = dx * dx + dy * dy
  const reach = Math.max(r0, r0 + dr) + softness
  const left = Math.max(0, Math.floor(Math.min(x0, x0 + dx) - reach))
  const right = Math.min(size - 1, Math.floor(Math.max(x0, x0 + dx) + reach))
  const top = Math.max(0, Math.floor(Math.min(y0, y0 + dy) - reach))
  const bottom = Math.min(size - 1, Math.floor(Math.max(y0, y0 + dy) + reach))
  for (let row = top; row <= bottom; row++) {
    const py = row + 0.5 - y0
    for (let column = left; column <= right; column++) {
      const px = column + 0.5 - x0
      const along = squaredLength === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / squaredLength))
      const ex = px - along * dx
      const ey = py - along * dy
      const distance = Math.sqrt(ex * ex + ey * ey) - (r0 + along * dr)
      const pixel = row * size + column
      if (distance < distances[pixel]!) distances[pixel] = distance
    }
  }
}
