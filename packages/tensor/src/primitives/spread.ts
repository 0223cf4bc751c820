/** Length of an axis whose elements have been moved `distance` apart. */
export function spread(length: number, distance: number): number {
  return length === 0 ? 0 : (length - 1) * distance + 1
}
