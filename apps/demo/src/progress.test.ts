import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { openProgress, showFigures, type TrainingProgress } from './progress.ts'

const progress: TrainingProgress = {
  step: 5,
  steps: 10,
  epoch: 1,
  epochs: 2,
  loss: 0.12345,
  accuracy: 0.961,
  samplesPerSecond: 8123.4,
  epochEnds: false,
}

test('the figures are one short line', () => {
  expect(showFigures(progress)).toBe('epoch 1/2   loss 0.123   accuracy 96.1 %   8,123 samples/s')
})

test('away from a terminal there is a plain line for each epoch', () => {
  let text = ''
  const view = openProgress({
    write: (part) => {
      text += part
    },
  })
  for (let step = 1; step <= 10; step++)
    view.show({ ...progress, step, epoch: step <= 5 ? 1 : 2, epochEnds: step % 5 === 0 })
  view.close()
  expect(text.split('\n')).toEqual([expect.stringContaining('epoch 1/2'), expect.stringContaining('epoch 2/2'), ''])
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
  expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f]/)
})

test('on a terminal the bar hides the cursor while it moves and shows it again at the end', () => {
  const terminal = Object.assign(new PassThrough(), { isTTY: true, columns: 120, cursorTo() {}, clearLine() {} })
  const view = openProgress(terminal)
  view.show(progress)
  view.close()
  const text = terminal.read().toString()
  expect(text).toContain('█')
  expect(text).toContain('50 %')
  expect(text.lastIndexOf('\x1b[?25h')).toBeGreaterThan(text.lastIndexOf('\x1b[?25l'))
  expect(text.indexOf('\x1b[?25l')).toBeGreaterThanOrEqual(0)
})

test('closing before anything was shown writes nothing', () => {
  const terminal = Object.assign(new PassThrough(), { isTTY: true })
  openProgress(terminal).close()
  expect(terminal.read()).toBeNull()
})
