import { describe, expect, test } from 'vitest'
import { type DType, dtypesOfScalarOp, operation, type ScalarOp, scalarOpArity } from '../../kernel/index.ts'
import { conversion } from '../../kernel/scalar-arithmetic.ts'
import { seededRandom } from '../random.ts'
import { castErrorRule, errorRule, rounded, signOnly, unknown } from './operation-error.ts'

const random = seededRandom(3)
const choices = [0, 1, -1, 0.5, 2, 3, -2.5, 1e-3, 40, -90]

/** A number, and how far a backend's may be from it. */
function operand(): { readonly value: number; readonly error: number } {
  const value = Math.fround(random.chance(0.4) ? random.pick(choices) : 20 * random.fraction() - 10)
  return { value, error: random.pick([0, 0, 1e-7, 1e-5, 1e-3, 0.1]) * Math.abs(value) }
}

/** A number that a backend may have instead. */
function instead({ value, error }: { readonly value: number; readonly error: number }, to = Math.fround): number {
  const found = to(value + error * random.pick([-1, 1, 0, 2 * random.fraction() - 1]))
  return Math.abs(found - value) <= error ? found : value
}

const floatOps = (Object.keys(scalarOpArity) as ScalarOp[]).filter(
  (op): op is Exclude<ScalarOp, 'cast'> => op !== 'cast' && dtypesOfScalarOp[op].includes('float32'),
)

describe('the error of a result covers what operands within their errors give', () => {
  test.each(floatOps)('%s', (op) => {
    const apply = operation(op, 'float32')
    const rule = errorRule(op, 'float32')
    let known = 0
    for (let i = 0; i < 4000; i++) {
      const condition = { value: random.integer(0, 1), error: random.chance(0.2) ? unknown : 0 }
      const [a, b, c] = [op === 'select' ? condition : operand(), operand(), operand()]
      const value = apply(a.value, b.value, c.value)
      const error = rule(value, a.value, b.value, c.value, a.error, b.error, c.error)
      if (error !== unknown) known++
      for (let sample = 0; sample < 5; sample++) {
        const first = a.error === unknown ? random.integer(0, 1) : instead(a)
        const found = apply(first, instead(b), instead(c))
        const isCovered = error === unknown || Object.is(found, value) || Math.abs(found - value) <= error
        if (!isCovered) throw new Error(`${found} for ${value} ± ${error} from ${JSON.stringify([a, b, c])}`)
      }
    }
    expect(known).toBeGreaterThan(1000)
  })

  test.each(['float64', 'int32', 'uint8', 'bool'] as const)('cast to %s', (to: DType) => {
    const [convert, rule] = [conversion('float32', to), castErrorRule('float32', to)]
    for (let i = 0; i < 4000; i++) {
      const a = operand()
      const value = convert(a.value)
      const error = rule(value, a.value, 0, 0, a.error, 0, 0)
      const found = convert(instead(a))
      const isCovered = error === unknown || Math.abs(found - value) <= error
      if (!isCovered) throw new Error(`${found} for ${value} ± ${error} from ${JSON.stringify(a)}`)
    }
  })
})

test('exact operands of what IEEE 754 defines give exact results', () => {
  for (const op of ['add', 'multiply', 'divide', 'sqrt', 'negate'] as const)
    expect(errorRule(op, 'float32')(3, 1, 2, 0, 0, 0, 0)).toBe(0)
  expect(errorRule('maximum', 'float32')(0, 0, -0, 0, 0, 0, 0)).toBe(signOnly)
})

test('a zero of unknown sign stays one, until something divides by it', () => {
  expect(errorRule('multiply', 'float32')(0, 0, 2, 0, signOnly, 0, 0)).toBe(signOnly)
  expect(errorRule('add', 'float32')(2, 0, 2, 0, signOnly, 0, 0)).toBe(0)
  expect(errorRule('less', 'float32')(0, 0, 0, 0, signOnly, 0, 0)).toBe(0)
  expect(errorRule('divide', 'float32')(Infinity, 1, 0, 0, 0, signOnly, 0)).toBe(unknown)
})

test('nothing is known of a comparison, a cast or a whole number that the errors can turn', () => {
  expect(errorRule('less', 'float32')(1, 1, 1.001, 0, 0.01, 0, 0)).toBe(unknown)
  expect(errorRule('less', 'float32')(1, 1, 1.1, 0, 0.01, 0, 0)).toBe(0)
  expect(castErrorRule('float32', 'int32')(2, 2.0001, 0, 0, 0.001, 0, 0)).toBe(unknown)
  expect(errorRule('floor', 'float32')(2, 2.0001, 0, 0, 0.001, 0, 0)).toBeGreaterThanOrEqual(1)
  expect(errorRule('add', 'int32')(2, 1, 1, 0, unknown, 0, 0)).toBe(unknown)
})

test('a result that may round to infinity is unknown', () => {
  expect(rounded('float32', 3.4e38, 1e37)).toBe(unknown)
  expect(rounded('float64', 3.4e38, 1e37)).toBeGreaterThan(1e37)
})
