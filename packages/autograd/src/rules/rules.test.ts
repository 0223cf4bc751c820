// Every rule, in every variation of its primitive's attributes: the first derivative against finite differences, the second
// against those of the first.

import { isFloating, type PrimitiveName, shapeRules } from '@neurite/tensor'
import { describe, expect, it } from 'vitest'
import { gradients } from '../index.ts'
import { ruleCases } from '../test/cases/index.ts'
import { checkDerivatives } from '../test/check-derivatives.ts'
import { scattered } from '../test/scattered.ts'
import { vjpRules } from './index.ts'

const vocabulary = Object.keys(shapeRules) as PrimitiveName[]

describe('the vocabulary', () => {
  it('has a rule for every primitive, and for nothing else', () => {
    expect(Object.keys(vjpRules).sort()).toEqual([...vocabulary].sort())
  })

  it('has a case for every primitive but the input, which is applied to nothing', () => {
    expect(vocabulary.filter((primitive) => ruleCases[primitive].length === 0)).toEqual(['input'])
    for (const primitive of vocabulary) for (const { y } of ruleCases[primitive]) expect(y.primitive).toBe(primitive)
  })

  it('has, for every rule, a case of more than one element by which derivatives are taken', () => {
    const isChecked = (primitive: PrimitiveName): boolean =>
      ruleCases[primitive].some(({ by, order = 2 }) => order === 2 && by.some(({ size }) => size > 1))
    expect(vocabulary.filter((primitive) => vjpRules[primitive] !== null && !isChecked(primitive))).toEqual([])
  })
})

for (const primitive of vocabulary) {
  const cases = ruleCases[primitive]
  if (cases.length === 0) continue
  describe(`the gradient of ${primitive}`, () => {
    it.each(cases.map((each) => [each.name, each] as const))('%s', (_, { y, by, order = 2 }) =>
      checkDerivatives(y, by, { order }),
    )

    if (vjpRules[primitive] === null)
      it('is zero', () => {
        for (const { y, by } of cases) {
          const floating = isFloating(y.dtype) ? y : y.cast('float64')
          const inputs = [...by, scattered([2])]
          for (const gradient of gradients(floating.sum(), inputs))
            expect([...gradient.dataSync()].every((x) => x === 0)).toBe(true)
        }
      })
  })
}
