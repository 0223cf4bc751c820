import { type Tensor, tensor, Variable } from '@neurite/tensor'
import { describe, expect, it } from 'vitest'
import { findFirstNaN, gradients } from '../index.ts'

describe('findFirstNaN', () => {
  it('names the operation, its operands and the line that made it', async () => {
    const x = tensor([
      [4, -2],
      [0, 1],
    ])
    const found = (await findFirstNaN(() => x.add(1).sqrt().multiply(2).sum()))!
    expect(found.operation).toBe('sqrt')
    expect([found.shape, found.index, found.count]).toEqual([[2, 2], [0, 1], 1])
    expect(found.operands).toEqual([{ shape: [2, 2], dtype: 'float32', low: -1, high: 5 }])
    expect(found.madeAt[0]).toContain('find-first-nan.test.ts')
    const lines = String(found).split('\n')
    expect(lines[0]).toBe('The first NaN is made by sqrt → [2, 2], in 1 of 4 elements, first at [0, 1].')
    expect(lines[1]).toBe('  operand 0: float32 [2, 2], from -1 to 5')
    expect(lines[2]).toMatch(/^ {2}at .*find-first-nan\.test\.ts/)
  })

  it('looks at gradients: √0 is finite, its derivative times 0 is not', async () => {
    const x = tensor([0, 1])
    const found = (await findFirstNaN(() => gradients(x.sqrt().multiply(x).sum(), x)))!
    expect(await findFirstNaN(() => x.sqrt().multiply(x).sum())).toBeUndefined()
    expect(found.operation).toBe('divide')
    expect(found.index).toEqual([0])
  })

  it('stops at infinities only if it is told to', async () => {
    const x = tensor([0, 1])
    const step = (): Tensor => x.log().negate().exp().reciprocal()
    expect(await findFirstNaN(step)).toBeUndefined()
    const found = (await findFirstNaN(step, { infinity: true }))!
    expect([found.operation, found.value]).toEqual(['log', -Infinity])
  })

  it('says if what goes in is wrong already', async () => {
    const weight = new Variable(tensor([1, Number.NaN]))
    const found = (await findFirstNaN(() => weight.value.multiply(2)))!
    expect(found.operation).toBe('input')
    expect(String(found)).toContain('What goes into the step holds NaN already: a tensor or variable of shape [2]')
  })

  it('looks at assignments and makes none', async () => {
    const weight = new Variable(tensor([1, 0]))
    const step = (): void => weight.assign(weight.value.divide(weight.value))
    const found = (await findFirstNaN(step))!
    expect([found.operation, found.index]).toEqual(['divide', [1]])
    expect(weight.value.toArraySync()).toEqual([1, 0])
  })
})
