// Points of the plane in two classes, for the lessons in which a picture says more than a figure.

import { type RandomStream, type Tensor, tensor } from 'neurite'
import type { LabelledPoint } from '../pictures/plane-picture.ts'

/** Points inside a disc (class 1), and in a ring around it (class 0), in turn. Radii: up to 1, and from 1.4 to 2.4. */
export function discAndRing(count: number, random: RandomStream): LabelledPoint[] {
  return Array.from({ length: count }, (_, i) => {
    const label = (i % 2) as 0 | 1
    const [from, to] = label === 1 ? [0, 1] : [1.4, 2.4]
    // Evenly over the area.
    const radius = Math.sqrt(from ** 2 + (to ** 2 - from ** 2) * random.uniform())
    const angle = 2 * Math.PI * random.uniform()
    return { x: radius * Math.cos(angle), y: radius * Math.sin(angle), label }
  })
}

/** Points along two half circles that reach into each other, in turn, displaced by normal noise. */
export function twoMoons(count: number, noise: number, random: RandomStream): LabelledPoint[] {
  return Array.from({ length: count }, (_, i) => {
    const label = (i % 2) as 0 | 1
    const angle = Math.PI * random.uniform()
    const x = label === 0 ? Math.cos(angle) - 0.5 : 0.5 - Math.cos(angle)
    const y = label === 0 ? Math.sin(angle) - 0.25 : 0.25 - Math.sin(angle)
    return { x: x + noise * random.roughlyNormal(), y: y + noise * random.roughlyNormal(), label }
  })
}

/** The points [N, 2] and their classes [N, 1]. */
export function tensorsOf(points: readonly LabelledPoint[]): { x: Tensor<[number, 2]>; y: Tensor<[number, 1]> } {
  const count = points.length
  return {
    x: tensor(Float32Array.from(points.flatMap(({ x, y }) => [x, y])), { shape: [count, 2] }),
    y: tensor(Float32Array.from(points.map(({ label }) => label)), { shape: [count, 1] }),
  }
}
