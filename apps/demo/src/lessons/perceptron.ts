import { Perceptron, type PerceptronTraining } from '@neurite/classic'
import { RandomStream } from 'neurite'
import { type Grid, gridPoints } from '../pictures/decision-region.ts'
import { type LabelledPoint, planePicture } from '../pictures/plane-picture.ts'
import type { Classroom, Lesson } from './lesson.ts'

const grid: Grid = { from: -3, to: 3, columns: 49, rows: 19 }
const [learningRate, longest, count, margin] = [0.5, 1000, 40, 0.15]

const endings: Readonly<Record<PerceptronTraining['outcome'], string>> = {
  converged: 'it ended, too',
  cycle: 'it goes in circles, back to weights that it had before',
  limit: `it has not ended after ${longest} epochs`,
}

/** Rosenblatt 1958; Lippmann 1987, box 4. */
export const perceptron: Lesson = {
  name: 'perceptron',
  title: 'The perceptron: a line, corrected after every mistake',
  summary: 'it ends on classes that a line parts, and never does on XOR',
  async teach(classroom) {
    const points = parted(classroom.seed)
    classroom.print('Points that a line parts. The perceptron after some of its corrections:')
    const steps = correctionsOf(points, classroom.seed)
    for (const place of new Set([0, 1, steps.length - 1])) {
      const { name, net } = steps[place]!
      classroom.print('', name, ...picture(net, points, classroom))
    }
    const solved = train(points, classroom.seed)
    const corners = [0, 1, 2, 3].map((i): LabelledPoint => {
      const [x, y] = [i >> 1, i & 1]
      return { x: 2 * x - 1, y: 2 * y - 1, label: x === y ? 0 : 1 }
    })
    const xor = train(corners, classroom.seed)
    classroom.print('', 'XOR, where no line does:', ...picture(xor.net, corners, classroom))
    return (
      `Where a line parts the points the procedure ended after ${solved.corrections} corrections in ${solved.epochs} epochs; on XOR ${endings[xor.outcome]}, ` +
      `and ${xor.errors} of the 4 corners are still wrong.`
    )
  },
}

/** Points on both sides of a line, none of them close to it. */
function parted(seed: number): LabelledPoint[] {
  const random = new RandomStream(seed)
  const points: LabelledPoint[] = []
  while (points.length < count) {
    const [x, y] = [random.uniform(grid.from, grid.to), random.uniform(grid.from, grid.to)]
    const distance = (x + 2 * y - 1) / Math.sqrt(5)
    if (Math.abs(distance) > margin) points.push({ x, y, label: distance > 0 ? 1 : 0 })
  }
  return points
}

function dataOf(points: readonly LabelledPoint[]): [patterns: number[][], classes: number[]] {
  return [points.map(({ x, y }) => [x, y]), points.map(({ label }) => 2 * label - 1)]
}

function train(points: readonly LabelledPoint[], seed: number): PerceptronTraining & { readonly net: Perceptron } {
  const net = new Perceptron(2, { seed })
  return { ...net.train(...dataOf(points), { learningRate, maxEpochs: longest }), net }
}

/** The net after every correction. */
function correctionsOf(points: readonly LabelledPoint[], seed: number): { name: string; net: Perceptron }[] {
  const steps = [...new Perceptron(2, { seed }).trace(...dataOf(points), { learningRate, maxEpochs: longest })]
  return steps
    .filter(({ corrected }) => corrected)
    .map(({ weights, offset, epoch }, i) => ({
      name: `after correction ${i + 1}, in epoch ${epoch}`,
      net: new Perceptron(2, { weights, offset }),
    }))
}

function picture(net: Perceptron, points: readonly LabelledPoint[], { colors }: Classroom): string[] {
  const places = gridPoints(grid)
  const outputs = Array.from({ length: places.length / 2 }, (_, i) =>
    net.classify(places.subarray(2 * i, 2 * i + 2)) === 1 ? 1 : 0,
  )
  return planePicture(grid, outputs, points, colors)
}
