// What the demo shows, from top to bottom.

import { imageStatistics, type LabelledImages, measureImages, seed } from 'neurite'
import pc from 'picocolors'
import type { DemoOptions } from './command-line.ts'
import { accuracyOf, confusionMatrix, showConfusionMatrix } from './confusion-matrix.ts'
import { DemoError } from './demo-error.ts'
import { digitClassifier } from './digit-classifier.ts'
import { digitPicture, sideBySide } from './digit-picture.ts'
import { drawDigitSets, readDigitSets } from './digit-sets.ts'
import { answersOf, learnDigits } from './learn-digits.ts'
import { learnXor } from './learn-xor.ts'
import { openProgress, type ProgressOutput } from './progress.ts'
import { passWeights } from './weights-file.ts'

/** Runs the demo. `pause` is awaited now and then, and may throw to end it. */
export async function runDemo(options: DemoOptions, output: ProgressOutput, pause: () => Promise<void>): Promise<void> {
  const print = (line = ''): unknown => output.write(`${line}\n`)
  const start = performance.now()
  // Data first: what is wrong with a folder is said at once.
  const sets = options.data === undefined ? undefined : await readDigitSets(options.data)
  seed(options.seed)

  print(pc.bold('XOR: a net of 2-8-1 units, tanh and sigmoid'))
  await showXor()
  print()
  print(pc.bold(`Handwritten digits, ${options.data === undefined ? 'drawn by neurite' : `from ${options.data}`}`))
  await showDigits()
  print()
  print(`Done in ${((performance.now() - start) / 1000).toFixed(1)} s.`)

  async function showXor(): Promise<void> {
    const progress = openProgress(output)
    const { answers, region } = await learnXor((figures) => progress.show(figures), pause).finally(() =>
      progress.close(),
    )
    for (const { input, target, output: answer } of answers)
      print(`  ${input.join(' xor ')} = ${target}   the net says ${answer.toFixed(3)}`)
    print('  Where the net says yes (#), over the plane from -0.5 to 1.5:')
    for (const line of region) print(`    ${line}`)
  }

  async function showDigits(): Promise<void> {
    const { train, test } = sets ?? drawDigitSets(options.seed)
    print(
      `  ${train.count.toLocaleString('en')} images to learn from, ${test.count.toLocaleString('en')} others to test on`,
    )
    const statistics = sets === undefined ? imageStatistics.drawnDigits : measureImages(train.images)
    const model = digitClassifier()
    const progress = openProgress(output)
    const { epochs, seed: shuffleSeed } = options
    const report = progress.show.bind(progress)
    await learnDigits(model, { images: train, statistics, epochs, seed: shuffleSeed, report, pause }).finally(() =>
      progress.close(),
    )

    const answers = await answersOf(model, test, statistics)
    const matrix = confusionMatrix(test.labels, answers, test.classes)
    const wrong = answers.filter((answer, i) => answer !== test.labels[i]).length
    print(`  ${pc.bold(`test accuracy ${(100 * accuracyOf(matrix)).toFixed(2)} %`)}  (${wrong} of ${test.count} wrong)`)
    print()
    for (const line of showConfusionMatrix(matrix).split('\n')) print(`  ${line}`)
    print()
    for (const line of pictures(test, answers)) print(`  ${line}`)
    print()

    const copy = digitClassifier()
    const { path, bytes } = await passWeights(model, copy, options.save)
    const again = await answersOf(copy, test, statistics)
    const differing = again.filter((answer, i) => answer !== answers[i]).length
    if (differing > 0) throw new DemoError(`The loaded weights give ${differing} other answers.`)
    const kept = options.save === undefined ? 'to a temporary file' : `to ${path}`
    print(
      `  Weights saved ${kept} (${bytes.toLocaleString('en')} bytes) and loaded into a new net: all ${again.length} answers are the same.`,
    )
  }
}

const shown = { right: 3, wrong: 2 }

/** A few digits that the net got right, and wrong ones if there are any. */
function pictures({ images, labels, count, height, width }: LabelledImages, answers: ArrayLike<number>): string[] {
  const places = Array.from({ length: count }, (_, i) => i)
  const right = places.filter((i) => answers[i] === labels[i]).slice(0, shown.right)
  const wrong = places.filter((i) => answers[i] !== labels[i]).slice(0, shown.wrong)
  const size = height * width
  const drawn = [...right, ...wrong].map((i) => {
    const says = answers[i] === labels[i] ? `says ${answers[i]}, right` : `says ${answers[i]}, is ${labels[i]}`
    return [...digitPicture({ pixels: images.subarray(i * size, (i + 1) * size), height, width }, 3), '', says]
  })
  return sideBySide(drawn, 2)
}
