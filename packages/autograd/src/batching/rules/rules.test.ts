// Every rule, in every variation of its primitive's attributes: all examples at once are what they are one by one, whichever of the
// operands differ from example to example.

import { bind, type PrimitiveName, shapeRules, type Tensor } from '@neurite/tensor'
import { describe, expect, it } from 'vitest'
import { vmap } from '../../index.ts'
import type { RuleCase } from '../../test/cases/case.ts'
import { ruleCases } from '../../test/cases/index.ts'
import { examplesOf, stacked } from '../../test/examples.ts'
import { batchRules } from './index.ts'

const vocabulary = Object.keys(shapeRules) as PrimitiveName[]
const count = 3

it('there is a rule for every primitive, and for nothing else', () => {
  expect(Object.keys(batchRules).sort()).toEqual([...vocabulary].sort())
})

/** Checks one choice of operands that differ; `axis` is where their examples lie. */
function check({ y }: RuleCase, differs: (operand: number) => boolean, axis: number): void {
  const examples = y.inputs.map((input, i) => (differs(i) ? examplesOf(input, count) : undefined))
  const apply = (...inputs: readonly Tensor[]): Tensor => bind(y.primitive, inputs, y.attributes)
  const operands = y.inputs.map((input, i) => (examples[i] === undefined ? input : moved(stacked(examples[i]), axis)))
  const inAxes = examples.map((own) => (own === undefined ? null : axis))
  const found: Tensor = vmap(apply, { inAxes })(...(operands as Tensor[]))
  const expected = Array.from({ length: count }, (_, example) =>
    apply(...y.inputs.map((input, i) => examples[i]?.[example] ?? input)),
  )
  expect(found.shape).toEqual([count, ...y.shape])
  expect(found.dtype).toBe(y.dtype)
  const wanted = stacked(expected).dataSync()
  found.dataSync().forEach((value: number, i: number) => {
    expect(value).toBeCloseTo(wanted[i]!, 10)
  })
}

function moved(x: Tensor, axis: number): Tensor {
  return axis === 0 ? x : x.permute([...Array.from({ length: x.rank - 1 }, (_, i) => i + 1), 0])
}

for (const primitive of vocabulary) {
  const cases = ruleCases[primitive].filter(({ y }) => y.inputs.length > 0)
  if (cases.length === 0) continue
  describe(`examples of ${primitive}`, () => {
    it.each(cases.map((each) => [each.name, each] as const))('%s', (_, each) => {
      check(each, () => true, 0)
      check(each, () => true, -1)
      if (each.y.inputs.length === 1) return
      for (const i of each.y.inputs.keys()) check(each, (operand) => operand === i, 0)
    })
  })
}
