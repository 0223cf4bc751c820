import { KohonenMap, type KohonenStep } from '@neurite/classic'
import { RandomStream } from 'neurite'
import { netPicture } from '../pictures/net-picture.ts'
import { inSteps, type Lesson, scaled } from './lesson.ts'

const [side, samples, steps, looks] = [10, 2000, 10_000, 50]

/** Kohonen 1982; Lippmann 1987, box 6. */
export const kohonen: Lesson = {
  name: 'kohonen',
  title: 'Kohonen’s map: a net that unfolds',
  summary: 'a grid of nodes, crumpled at first, spreads over the points that it is shown',
  async teach(classroom) {
    const random = new RandomStream(classroom.seed)
    const points = Array.from({ length: samples }, () => [random.uniform(-1, 1), random.uniform(-1, 1)])
    const map = new KohonenMap(side, side, 2, { seed: classroom.seed })
    const total = scaled(steps, classroom)
    const every = Math.max(1, Math.floor(total / looks))
    const trace = map.trace(points, { steps: total, every, seed: classroom.seed })
    const seen: KohonenStep[] = [trace.next().value!]
    await inSteps(classroom, Math.ceil(total / every), () => {
      const { value } = trace.next()
      if (value) seen.push(value)
      return () => `${seen.at(-1)!.step} points shown, neighbourhood ${seen.at(-1)!.radius.toFixed(1)}`
    })
    for (const share of [0, 0.02, 0.2, 1]) {
      const { step, weights } = seen[Math.round(share * (seen.length - 1))]!
      classroom.print('', `After ${step} points:`, ...netPicture(weights, side))
    }
    const topographic = (100 * map.topographicError(points)).toFixed(1)
    return `Neighbours on the grid became neighbours in the plane: the two nodes nearest to a point lie apart on the grid for ${topographic} % of the points; a point is ${map.quantizationError(points).toFixed(3)} from its node on average, and ${map.foldedCells()} of ${(side - 1) ** 2} cells are folded.`
  },
}
