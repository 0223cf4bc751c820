import { expect, test } from 'vitest'
import { printProgram, referenceBackend, validate } from '../../kernel/index.ts'
import { createStates, ExpectedRuns } from '../conformance-case.ts'
import { unknown } from '../error/operation-error.ts'
import { randomCase } from './random-program.ts'

const seeds = Array.from({ length: 150 }, (_, seed) => seed)

test('a seed gives the same program and data again', () => {
  expect(randomCase(5)).toEqual(randomCase(5))
  expect(printProgram(randomCase(6).program)).not.toBe(printProgram(randomCase(5).program))
})

test('random programs are valid', () => {
  for (const seed of seeds) expect(() => validate(randomCase(seed).program), `seed ${seed}`).not.toThrow()
})

test('what random programs give can be told to nearly all elements, closely', () => {
  let [all, unknowable, loose] = [0, 0, 0]
  for (const seed of seeds) {
    const testCase = randomCase(seed)
    const { outputs, errors } = new ExpectedRuns(testCase).run(testCase.runs[0]!)
    for (const [place, output] of outputs.entries())
      for (const [i, value] of output.entries()) {
        all++
        const error = errors[place]![i]!
        if (error === unknown) unknowable++
        else if (error > 1e-3 * Math.max(1, Math.abs(value))) loose++
      }
  }
  expect(all).toBeGreaterThan(25_000)
  expect(unknowable / all).toBeLessThan(0.05)
  expect(loose / all).toBeLessThan(0.05)
})

test('expected values are those of the interpreter, to the bit', async () => {
  const backend = referenceBackend()
  for (const seed of seeds) {
    const testCase = randomCase(seed)
    const executable = backend.prepare(testCase.program, createStates(backend, testCase))
    const expected = new ExpectedRuns(testCase)
    for (const inputs of testCase.runs)
      expect(await executable.run(inputs), `seed ${seed}`).toEqual(expected.run(inputs).outputs)
  }
})
