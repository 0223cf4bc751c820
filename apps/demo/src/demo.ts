// What the demo shows, from top to bottom.

import { measureImages, metrics, seed as seedRandomNumbers } from 'neurite'
import pc from 'picocolors'
import type { DemoOptions } from './command-line.ts'
import { accuracyOf, confusionMatrix } from './digits/confusion-counts.ts'
import { digitNetwork, recognize, trainDigits } from './digits/digit-network.ts'
import { showRecognition } from './digits/digit-report.ts'
import { drawDigitSets, readDigitSets } from './digits/digit-sets.ts'
import type { Surroundings } from './terminal/surroundings.ts'
import { checkWritable, passWeights } from './weights-file.ts'
import { answersOverPlane, showXor, trainXor, xorNetwork } from './xor-network.ts'

export async function runDemo(options: DemoOptions, surroundings: Surroundings): Promise<void> {
  const { data, seed, epochs, save } = options
  const print = (...lines: string[]): void => {
    for (const line of lines) surroundings.output.write(`${`  ${line}`.trimEnd()}\n`)
  }
  const printHeading = (text: string): void => void surroundings.output.write(`${pc.bold(text)}\n`)
  const start = performance.now()

  // Files first, so that what is wrong with them is said at once.
  const sets = data === undefined ? undefined : await readDigitSets(data)
  if (save !== undefined) await checkWritable(save)
  seedRandomNumbers(seed)

  printHeading('XOR: 2 inputs, 8 hidden units, 1 output')
  const xor = xorNetwork()
  await trainXor(xor, surroundings)
  print(...(await showXor(xor)), '')

  printHeading(`Handwritten digits, ${data === undefined ? 'drawn by neurite' : `from ${data}`}`)
  const { train, test } = sets ?? drawDigitSets(seed)
  print(`${grouped(train.count)} images to learn from, ${grouped(test.count)} others to test on`)
  const statistics = measureImages(train.images)
  const digits = digitNetwork(statistics)
  await trainDigits(digits, train, { epochs, seed }, surroundings)

  const recognition = await recognize(digits, test, surroundings)
  const counts = confusionMatrix(test.labels, recognition.answers, test.classes)
  print(pc.bold(`Test accuracy ${(100 * accuracyOf(counts)).toFixed(2)} %`), '')
  print(...metrics.formatConfusionMatrix(counts), '')
  print(...showRecognition(test, recognition))

  printHeading('The same networks again, from a file')
  const loaded = { xor: xorNetwork(), digits: digitNetwork(statistics) }
  const size = await passWeights({ xor, digits }, loaded, save)
  print(
    `${grouped(size)} bytes of weights saved ${save === undefined ? 'in a temporary file' : `as ${save}`}, and loaded`,
  )
  const again = await recognize(loaded.digits, test, surroundings)
  checkSame('digits', recognition.probabilities, again.probabilities)
  checkSame('XOR', await answersOverPlane(xor), await answersOverPlane(loaded.xor))
  print(`Same answers, to the last bit: to ${grouped(test.count)} digits and all over the plane of XOR`)
  print('', `Done in ${((performance.now() - start) / 1000).toFixed(1)} s.`)
}

/** @throws Error if loaded weights do not give the very same numbers. */
function checkSame(network: string, before: ArrayLike<number>, after: ArrayLike<number>): void {
  const different = Array.from(before).findIndex((value, i) => !Object.is(value, after[i]))
  if (different < 0) return
  throw new Error(
    `${network}: the loaded weights answer ${after[different]} where the saved ones answered ${before[different]}.`,
  )
}

function grouped(count: number): string {
  return count.toLocaleString('en')
}
