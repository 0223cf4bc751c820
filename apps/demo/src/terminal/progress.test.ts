import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { isMilestone, openProgress, type Progress } from './progress.ts'

const progress: Progress = { done: 5, total: 10, figures: 'loss 0.1235', isMilestone: false }

test('away from a terminal there is a plain line for each milestone', () => {
  let text = ''
  const view = openProgress({
    write: (part) => {
      text += part
    },
  })
  for (let done = 1; done <= 4; done++) view.show({ ...progress, figures: `step ${done}`, isMilestone: done % 2 === 0 })
  view.close()
  expect(text).toBe('  step 2\n  step 4\n')
})

test('of many rounds ten at most are milestones, the last one always', () => {
  const milestones = (total: number): number[] =>
    Array.from({ length: total }, (_, i) => i + 1).filter((round) => isMilestone(round, total))
  expect(milestones(10)).toHaveLength(10)
  expect(milestones(400)).toEqual([40, 80, 120, 160, 200, 240, 280, 320, 360, 400])
  expect(milestones(11)).toEqual([2, 4, 6, 8, 10, 11])
})

test('on a terminal the bar hides the cursor while it moves and shows it again at the end', () => {
  const terminal = Object.assign(new PassThrough(), { isTTY: true, columns: 120, cursorTo() {}, clearLine() {} })
  const view = openProgress(terminal)
  view.show(progress)
  view.close()
  const text = terminal.read().toString()
  expect(text).toContain(`${'█'.repeat(7)}${'░'.repeat(7)} loss 0.1235`)
  expect(text.lastIndexOf('\x1b[?25h')).toBeGreaterThan(text.lastIndexOf('\x1b[?25l'))
  expect(text.indexOf('\x1b[?25l')).toBeGreaterThanOrEqual(0)
})

test('closing before anything was shown writes nothing', () => {
  const terminal = Object.assign(new PassThrough(), { isTTY: true })
  openProgress(terminal).close()
  expect(terminal.read()).toBeNull()
})
