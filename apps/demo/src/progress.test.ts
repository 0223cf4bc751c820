import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { openProgress, showFigures, type TrainingProgress } from './progress.ts'

const progress: TrainingProgress = {
  step: 5,
  steps: 10,
  epoch: 1,
  epochs: 2,
  loss: 0.12346,
  accuracy: 0.961,
  samplesPerSecond: 8123.4,
  epochEnds: false,
}

test('the figures are one short line', () => {
  expect(showFigures(progress)).toBe('epoch 1/2  loss 0.1235  accuracy 96.1 %  8,123 samples/s')
})

/** What stands in a file after `epochs` epochs of five steps. */
function plainText(epochs: number): string {
  let text = ''
  const view = openProgress({
    write: (part) => {
      text += part
    },
  })
  for (let epoch = 1; epoch <= epochs; epoch++)
    for (let step = 1; step <= 5; step++) view.show({ ...progress, epoch, epochs, epochEnds: step === 5 })
  view.close()
  return text
}

test('away from a terminal there is a plain line for each epoch', () => {
  const text = plainText(2)
  expect(text.split('\n')).toEqual([expect.stringContaining('epoch 1/2'), expect.stringContaining('epoch 2/2'), ''])
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
  expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f]/)
})

test('of many epochs ten at most get a line, the last one always', () => {
  const epochsShown = (epochs: number): string[] => plainText(epochs).match(/(?<=epoch )\d+/g) ?? []
  expect(epochsShown(10)).toHaveLength(10)
  expect(epochsShown(400)).toEqual(['40', '80', '120', '160', '200', '240', '280', '320', '360', '400'])
  expect(epochsShown(11)).toEqual(['2', '4', '6', '8', '10', '11'])
})

test('on a terminal the bar hides the cursor while it moves and shows it again at the end', () => {
  const terminal = Object.assign(new PassThrough(), { isTTY: true, columns: 120, cursorTo() {}, clearLine() {} })
  const view = openProgress(terminal)
  view.show(progress)
  view.close()
  const text = terminal.read().toString()
  expect(text).toContain(`${'█'.repeat(7)}${'░'.repeat(7)}`)
  expect(text.lastIndexOf('\x1b[?25h')).toBeGreaterThan(text.lastIndexOf('\x1b[?25l'))
  expect(text.indexOf('\x1b[?25l')).toBeGreaterThanOrEqual(0)
})

test('closing before anything was shown writes nothing', () => {
  const terminal = Object.assign(new PassThrough(), { isTTY: true })
  openProgress(terminal).close()
  expect(terminal.read()).toBeNull()
})
