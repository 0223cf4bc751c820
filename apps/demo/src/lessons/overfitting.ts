import { Adam, Dropout, Linear, parameters, RandomStream, relu, Sequential } from 'neurite'
import { curves } from '../pictures/curves.ts'
import type { Grid } from '../pictures/decision-region.ts'
import { type LabelledPoint, planePicture } from '../pictures/plane-picture.ts'
import { type Classroom, inSteps, type Lesson, scaled } from './lesson.ts'
import { percent } from './percent.ts'
import { type Fit, fitOn, type PointClassifier, probabilitiesOver, wholeStep } from './point-classifier.ts'
import { twoMoons } from './points.ts'

const [learned, heldOut, noise] = [60, 2000, 0.35]
const grid: Grid = { from: -2, to: 2, columns: 51, rows: 21 }

/** Overfitting, and dropout against it (Srivastava, Hinton, Krizhevsky, Sutskever & Salakhutdinov 2014). */
export const overfitting: Lesson = {
  name: 'overfitting',
  title: 'Overfitting, and dropout against it',
  summary: 'few noisy points learnt by heart, without dropout and with it',
  async teach(classroom) {
    const random = new RandomStream(classroom.seed)
    const points = { learned: twoMoons(learned, noise, random), heldOut: twoMoons(heldOut, noise, random) }
    classroom.print(`${learned} noisy points to learn from, ${heldOut} held out. A 2-256-256-1 net as it is:`)
    const without = await learn(netWithDropout(0), points, classroom)
    classroom.print('', 'The same net, half of its hidden units dropped at every step:')
    const dropped = await learn(netWithDropout(0.5), points, classroom)
    return (
      `Without dropout the net learns ${percent(without.learned.accuracy)} of its points by heart while its loss on those held out ends at ` +
      `${without.heldOut.loss.toFixed(2)}; with dropout at ${dropped.heldOut.loss.toFixed(2)}, and ` +
      `${percent(dropped.heldOut.accuracy)} of them right instead of ${percent(without.heldOut.accuracy)}.`
    )
  },
}

function netWithDropout(probability: number): PointClassifier {
  return new Sequential(
    new Linear(2, 256),
    relu,
    new Dropout(probability),
    new Linear(256, 256),
    relu,
    new Dropout(probability),
    new Linear(256, 1),
  )
}

interface Fits {
  readonly learned: Fit
  readonly heldOut: Fit
}

async function learn(
  network: PointClassifier,
  points: Record<keyof Fits, readonly LabelledPoint[]>,
  classroom: Classroom,
): Promise<Fits> {
  const step = wholeStep(network, new Adam(parameters(network), { learningRate: 0.003 }), points.learned)
  const measures = { learned: fitOn(network, points.learned), heldOut: fitOn(network, points.heldOut) }
  const course = { learned: [] as number[], heldOut: [] as number[] }
  let fits: Fits
  const measure = async (): Promise<void> => {
    fits = { learned: await measures.learned(), heldOut: await measures.heldOut() }
    course.learned.push(fits.learned.loss)
    course.heldOut.push(fits.heldOut.loss)
  }
  await measure()
  const steps = scaled(1500, classroom)
  await inSteps(classroom, steps, async (number) => {
    await step()
    if (number % Math.ceil(steps / 60) === 0 || number === steps) await measure()
    return () => `step ${number}  loss ${fits.learned.loss.toFixed(3)}, held out ${fits.heldOut.loss.toFixed(3)}`
  })
  const lines = [
    { name: 'learned', values: course.learned },
    { name: 'held out', values: course.heldOut },
  ]
  classroom.print(...planePicture(grid, await probabilitiesOver(network, grid), points.learned, classroom.colors))
  classroom.print('', ...curves(lines, { along: 'step', last: steps, highest: 1.5 }, classroom.colors))
  return fits!
}
