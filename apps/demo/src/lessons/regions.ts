import {
  type ConstructedEntry,
  classAt,
  constructedTable,
  planeProblems,
  type TrainedEntry,
  trainedEntries,
} from '@neurite/classic'
import { type Grid, gridPoints } from '../pictures/decision-region.ts'
import { sideBySide } from '../pictures/digit-picture.ts'
import { type Colors, type LabelledPoint, planePicture } from '../pictures/plane-picture.ts'
import { inSteps, type Lesson, scaled } from './lesson.ts'
import { percent } from './percent.ts'

const [columns, rows, points, epochs, layerCounts] = [24, 12, 60, 1500, 3]

/** Lippmann 1987, fig. 14. */
export const regions: Lesson = {
  name: 'regions',
  title: 'Decision regions of one, two and three layers',
  summary: 'half planes, convex regions, any regions: Lippmann’s table by construction and by training',
  async teach(classroom) {
    const problems = planeProblems(points, { seed: classroom.seed })
    classroom.print('By construction, of hard limiters; their regions are proved, cell by cell:')
    const constructed = constructedTable(problems)
    for (const problem of problems) {
      const entries = constructed.filter((entry) => entry.problem === problem)
      classroom.print('', classroom.colors.bold(problem.name), ...constructedRow(entries, classroom.colors))
    }
    classroom.print('', 'By training, of sigmoids:')
    const options = { epochs: scaled(epochs, classroom), starts: 2, seed: classroom.seed }
    const entries = trainedEntries(problems, options)
    const trained: TrainedEntry[] = []
    await inSteps(classroom, problems.length * layerCounts, async () => {
      const entry = (await entries.next()).value as TrainedEntry
      trained.push(entry)
      return () => `${entry.problem.name}, ${layersOf(entry.layers)}`
    })
    for (const problem of problems) {
      const entries = trained.filter((entry) => entry.problem === problem)
      classroom.print('', classroom.colors.bold(problem.name), ...trainedRow(entries, classroom.colors))
    }
    const beyond = trained.filter(
      ({ layers, accuracy, shape }) => layers === 2 && accuracy > 0.95 && !shape.looksConvex,
    )
    return (
      'One layer makes half planes, two layers that AND make convex regions, three make any. ' +
      `But two trained layers are not bound to AND: here ${beyond.length} of 3 solve their problem with a region that is not convex.`
    )
  },
}

function constructedRow(entries: readonly ConstructedEntry[], colors: Colors): string[] {
  return inARow(
    entries.map(({ net, problem, shape, layers, accuracy }) => ({
      picture: pictureOf(problem, (x, y) => classAt(net, x, y), colors),
      captions: [
        layersOf(layers),
        shape.type,
        shape.parts > 1 ? `${shape.parts} parts` : '',
        `${percent(accuracy)} right`,
      ],
    })),
  )
}

function trainedRow(entries: readonly TrainedEntry[], colors: Colors): string[] {
  return inARow(
    entries.map(({ net, problem, shape, layers, accuracy }) => ({
      picture: pictureOf(problem, (x, y) => net.classify([x, y]), colors),
      captions: [layersOf(layers), shape.looksConvex ? 'looks convex' : 'not convex', '', `${percent(accuracy)} right`],
    })),
  )
}

function layersOf(count: number): string {
  return count === 1 ? '1 layer' : `${count} layers`
}

function inARow(entries: readonly { readonly picture: string[]; readonly captions: readonly string[] }[]): string[] {
  return sideBySide(
    entries.map(({ picture, captions }) => [...picture, ...captions.filter((caption) => caption !== '')]),
    2,
  )
}

function pictureOf(
  { window, points: given, labels }: ConstructedEntry['problem'],
  classOf: (x: number, y: number) => number,
  colors: Colors,
): string[] {
  const grid: Grid = { from: window.left, to: window.right, columns, rows }
  const places = gridPoints(grid)
  const outputs = Array.from({ length: columns * rows }, (_, i) => classOf(places[2 * i]!, places[2 * i + 1]!))
  const marks = given.map(([x, y], i): LabelledPoint => ({ x, y, label: labels[i]! }))
  return planePicture(grid, outputs, marks, colors)
}
