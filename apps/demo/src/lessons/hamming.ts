import { digitPatterns, digitWidth, flipBits, HammingNet, HopfieldNet } from '@neurite/classic'
import { bitPictures } from '../pictures/bit-picture.ts'
import { type Curve, curves } from '../pictures/curves.ts'
import { type Classroom, inSteps, type Lesson, scaled } from './lesson.ts'
import { percent } from './percent.ts'

const [flipped, shownDigit, trialsOfEach, drawnNodes] = [0.25, 3, 100, 4]

/** Lippmann 1987, box 2. */
export const hamming: Lesson = {
  name: 'hamming',
  title: 'The Hamming net and its MAXNET',
  summary: 'counts agreeing pixels, and lets the counts inhibit each other until one is left',
  async teach(classroom) {
    const digits = digitPatterns()
    const net = new HammingNet(digits.map(({ pattern }) => pattern))
    const noisy = flipBits(digits[shownDigit]!.pattern, flipped, { seed: classroom.seed })
    const steps = [...net.trace(noisy)]
    const { winner, iterations, scores, distance } = net.classify(noisy)
    const shown = [
      { pattern: noisy, caption: `a noisy ${digits[shownDigit]!.name}` },
      { pattern: digits[winner]!.pattern, caption: `the winner, ${distance} pixels away` },
    ]
    classroom.print(...bitPictures(shown, digitWidth, classroom.colors), '')
    classroom.print('Pixels that agree:', digits.map(({ name }, j) => `${name}: ${scores[j]}`).join('   '), '')
    // Only the best are drawn: the others are gone after an iteration or two.
    const best = [...digits.keys()].sort((a, b) => scores[b]! - scores[a]!).slice(0, drawnNodes)
    const drawn = best.map((j): Curve => ({ name: digits[j]!.name, values: steps.map(({ outputs }) => outputs[j]!) }))
    classroom.print(
      'MAXNET, the best nodes:',
      ...curves(drawn, { along: 'iteration', last: iterations }, classroom.colors),
      '',
    )
    const rates = await recognitionRates(net, classroom)
    return `After ${iterations} iterations one node was left, the nearest picture. Of all noisy pictures the Hamming net names ${percent(rates.hamming)} rightly, the Hopfield net, with ten times the connections, ${percent(rates.hopfield)}.`
  },
}

async function recognitionRates(net: HammingNet, classroom: Classroom): Promise<{ hamming: number; hopfield: number }> {
  const digits = digitPatterns()
  const memory = new HopfieldNet(net.inputs).train(digits.map(({ pattern }) => pattern))
  const trials = scaled(trialsOfEach, classroom)
  const right = { hamming: 0, hopfield: 0 }
  await inSteps(classroom, trials, (trial) => {
    digits.forEach(({ pattern }, i) => {
      const noisy = flipBits(pattern, flipped, { seed: classroom.seed * 10_000 + trial * digits.length + i })
      if (net.classify(noisy).winner === i) right.hamming++
      const { match } = memory.recall(noisy, { seed: trial })
      if (match !== undefined && match.exemplar === i && !match.inverted) right.hopfield++
    })
    const done = trial * digits.length
    return () => `Hamming ${percent(right.hamming / done)} right  Hopfield ${percent(right.hopfield / done)}`
  })
  const all = trials * digits.length
  return { hamming: right.hamming / all, hopfield: right.hopfield / all }
}
