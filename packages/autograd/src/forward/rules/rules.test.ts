// Every rule, in every variation of its primitive's attributes: the derivative along a direction against finite differences, and
// that of its own derivative.

import { type PrimitiveName, shapeRules, type Tensor, zeros } from '@neurite/tensor'
import { describe, expect, it } from 'vitest'
import { directionalDifference } from '../../checking/finite-differences.ts'
import { Reevaluation } from '../../checking/reevaluation.ts'
import { jvp } from '../../index.ts'
import { substitute } from '../../substitute.ts'
import type { RuleCase } from '../../test/cases/case.ts'
import { ruleCases } from '../../test/cases/index.ts'
import { scattered } from '../../test/scattered.ts'
import { jvpRules } from './index.ts'

const vocabulary = Object.keys(shapeRules) as PrimitiveName[]

describe('the vocabulary', () => {
  it('has a rule for every primitive, and for nothing else', () => {
    expect(Object.keys(jvpRules).sort()).toEqual([...vocabulary].sort())
  })
})

/** The case's primitive at inputs that move along fixed directions, as a function of how far. */
function moved({ y, by }: RuleCase, distance: Tensor): Tensor {
  const moving = by.map((input, i): [Tensor, Tensor] => {
    const direction = scattered(input.shape, { low: 0.5, high: 1.5, seed: i })
    return [input, input.add(distance.multiply(direction).cast(input.dtype))]
  })
  const result = substitute([y], new Map(moving))[0]!
  return result.cast('float64')
}

function expectClose(found: Tensor, expected: ArrayLike<number>, tolerance: number): void {
  const scale = Math.max(1e-3, ...Array.from(expected, Math.abs))
  const worst = Math.max(0, ...Array.from(found.dataSync(), (x, i) => Math.abs(x - expected[i]!) / scale))
  expect(worst).toBeLessThan(tolerance)
}

for (const primitive of vocabulary) {
  const cases = ruleCases[primitive].filter(({ by, y }) => by.length > 0 && y.size > 0)
  if (cases.length === 0) continue
  describe(`the tangent of ${primitive}`, () => {
    it.each(cases.map((each) => [each.name, each] as const))('%s', (_, each) => {
      const start: Tensor = zeros([], 'float64')
      const isSingle = each.y.dtype === 'float32' || each.by.some(({ dtype }) => dtype === 'float32')
      const step = isSingle ? 1e-2 : Math.cbrt(Number.EPSILON)
      const { value, tangent } = jvp((distance) => moved(each, distance), start, scattered([], { low: 1, high: 1 }))
      if (jvpRules[primitive] === null) {
        expect([...tangent.dataSync()].every((x) => x === 0)).toBe(true)
        return
      }
      const f = new Reevaluation(value).asFunctionOf(start)
      const along = (factor: number) => f(Float64Array.of(factor))
      expectClose(tangent, directionalDifference(along, step), isSingle ? 1e-3 : 1e-6)

      if (each.order === 1 || isSingle) return
      const further = (distance: Tensor) =>
        jvp((inner: Tensor) => moved(each, inner), distance, scattered([], { low: 1, high: 1 })).tangent
      const { value: first, tangent: second } = jvp(further, start, scattered([], { low: 1, high: 1 }))
      const derivative = new Reevaluation(first).asFunctionOf(start)
      expectClose(
        second,
        directionalDifference((factor) => derivative(Float64Array.of(factor)), step),
        1e-6,
      )
    })
  })
}
