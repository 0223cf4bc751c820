import { digitPatterns, digitWidth, flipBits, HopfieldNet, type HopfieldStep } from '@neurite/classic'
import { bitPictures, type CaptionedPattern } from '../pictures/bit-picture.ts'
import { curves } from '../pictures/curves.ts'
import { type Classroom, inSteps, type Lesson, scaled } from './lesson.ts'
import { percent } from './percent.ts'

const [flipped, shownDigit, mostPictures, trialsOfEach] = [0.25, '3', 4, 100]

/** Hopfield 1982; Lippmann 1987, box 1. */
export const hopfield: Lesson = {
  name: 'hopfield',
  title: 'The Hopfield net: a memory that is addressed by content',
  summary: 'eight pictures in 120 nodes; a noisy one falls back into what it was, and the energy with it',
  async teach(classroom) {
    const digits = digitPatterns()
    const net = new HopfieldNet(digits[0]!.pattern.length).train(digits.map(({ pattern }) => pattern))
    const chosen = digits.find(({ name }) => name === shownDigit)!
    const start = startThatIsRecalled(net, chosen.pattern, classroom.seed)
    classroom.print(`The net holds ${digits.map(({ name }) => name).join(', ')}.`)
    classroom.print(`A ${shownDigit} of which every fourth pixel or so is inverted:`, '')
    const steps = [...net.trace(start, { seed: classroom.seed })]
    classroom.print(...bitPictures(picturesOf(start, steps), digitWidth, classroom.colors), '')
    const energies = [net.energy(start), ...steps.map(({ energy }) => energy)]
    // Energies are negative: drawn from the lowest upwards.
    const lowest = Math.min(...energies)
    const heights = energies.map((energy) => energy - lowest)
    const course = [{ name: 'energy above the lowest', values: heights }]
    classroom.print(...curves(course, { along: 'update', last: steps.length }, classroom.colors), '')
    const recalled = await recallRates(net, classroom)
    const rises = energies.filter((energy, i) => i > 0 && energy > energies[i - 1]!).length
    return (
      `The energy fell from ${energies[0]!.toFixed(0)} to ${energies.at(-1)!.toFixed(0)} and rose in ${rises} of ${steps.length} updates; of all noisy pictures ` +
      `${percent(recalled)} fell back into exactly what they were, the others into mixtures or other pictures.`
    )
  },
}

/** The pattern, inverted here and there, in the first way that the net sets right again: not every one is. */
function startThatIsRecalled(net: HopfieldNet, pattern: Float64Array, seed: number): Float64Array {
  for (let trial = 0; ; trial++) {
    const noisy = flipBits(pattern, flipped, { seed: seed * 1000 + trial })
    if (equal(net.recall(noisy, { seed }).state, pattern) || trial === 100) return noisy
  }
}

function picturesOf(start: Float64Array, steps: readonly HopfieldStep[]): CaptionedPattern[] {
  const ends = steps.filter((step, i) => step.sweep !== steps[i + 1]?.sweep)
  return [
    { pattern: start, caption: 'noisy' },
    ...ends.slice(0, mostPictures - 1).map(({ state, sweep }) => ({ pattern: state, caption: `after sweep ${sweep}` })),
  ]
}

async function recallRates(net: HopfieldNet, classroom: Classroom): Promise<number> {
  const digits = digitPatterns()
  const trials = scaled(trialsOfEach, classroom)
  const right = digits.map(() => 0)
  await inSteps(classroom, trials, (trial) => {
    digits.forEach(({ pattern }, i) => {
      const noisy = flipBits(pattern, flipped, { seed: classroom.seed * 10_000 + trial * digits.length + i })
      if (equal(net.recall(noisy, { seed: trial }).state, pattern)) right[i]! += 1
    })
    return () => digits.map(({ name }, i) => `${name}: ${Math.round((100 * right[i]!) / trial)} %`).join('  ')
  })
  return right.reduce((sum, count) => sum + count, 0) / (trials * digits.length)
}

function equal(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  return Array.from(a).every((value, i) => value === b[i])
}
