import { describe, expect, it } from 'vitest'
import { arange, zeros } from '../create.ts'
import { sizeOf } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { expectTensor } from '../test/closeness.ts'
import { einsum } from './einsum.ts'

function ramp(shape: readonly number[]): Tensor {
  return arange({ stop: sizeOf(shape) })
    .sin()
    .reshape(shape)
}

/** Every combination of letters, multiplied and summed: the definition. Letters only. */
function byLoops(equation: string, operands: readonly Tensor[]): { shape: number[]; data: number[] } {
  const [left, output] = equation.split('->') as [string, string]
  const terms = left.split(',')
  const sizes = new Map<string, number>()
  for (const [i, term] of terms.entries())
    for (const [axis, letter] of [...term].entries()) sizes.set(letter, operands[i]!.shape[axis])
  const letters = [...output, ...[...sizes.keys()].filter((letter) => !output.includes(letter))]
  const shape = [...output].map((letter) => sizes.get(letter)!)
  const data = new Array<number>(sizeOf(shape)).fill(0)
  const place = new Map<string, number>()
  const offset = (labels: Iterable<string>): number => {
    let at = 0
    for (const letter of labels) at = at * sizes.get(letter)! + place.get(letter)!
    return at
  }
  const visit = (depth: number): void => {
    if (depth < letters.length) {
      for (let i = 0; i < sizes.get(letters[depth]!)!; i++) {
        place.set(letters[depth]!, i)
        visit(depth + 1)
      }
      return
    }
    const product = operands.reduce((value, operand, i) => value * operand.dataSync()[offset(terms[i]!)]!, 1)
    data[offset(output)]! += product
  }
  visit(0)
  return { shape, data }
}

describe('einsum', () => {
  it.each([
    [
      'ij,jk->ik',
      [
        [2, 3],
        [3, 4],
      ],
    ],
    [
      'bij,bjk->bki',
      [
        [2, 3, 2],
        [2, 2, 4],
      ],
    ],
    ['ij->ji', [[2, 3]]],
    ['ij->', [[2, 3]]],
    ['ii->i', [[3, 3]]],
    ['ii->', [[3, 3]]],
    ['iij->j', [[3, 3, 2]]],
    ['iii->i', [[2, 2, 2]]],
    ['i,j->ji', [[2], [3]]],
    [
      'ij,ij->i',
      [
        [2, 3],
        [2, 3],
      ],
    ],
    ['ij,k->j', [[2, 3], [4]]],
    [
      'ab,bc,cd->ad',
      [
        [2, 3],
        [3, 4],
        [4, 2],
      ],
    ],
    [
      'ab,cb,db->acd',
      [
        [2, 3],
        [4, 3],
        [2, 3],
      ],
    ],
    [
      'bhqd,bhkd->bhqk',
      [
        [2, 2, 3, 4],
        [2, 2, 5, 4],
      ],
    ],
  ])('%s agrees with loops', (equation, shapes) => {
    const operands = shapes.map((shape) => ramp(shape))
    const { shape, data } = byLoops(equation, operands)
    expectTensor(einsum(equation, ...operands), shape, data)
  })

  it('without an arrow keeps the letters that occur once, in alphabetical order', () => {
    const [x, y] = [ramp([2, 3]), ramp([3, 4])]
    expect(einsum('cb,ba', x, y).shape).toEqual([4, 2])
    expect(einsum('ii', ramp([3, 3])).shape).toEqual([])
  })

  it('broadcasts under dots and along axes of size 1', () => {
    const [x, y] = [ramp([5, 1, 2, 3]), ramp([4, 3, 6])]
    const expected = x.matmul(y)
    expectTensor(einsum('...ij,...jk->...ik', x, y), [5, 4, 2, 6], [...expected.dataSync()])
    expectTensor(einsum('...ij,...jk', x, y), [5, 4, 2, 6], [...expected.dataSync()])
    expectTensor(
      einsum('ij,ij->ij', ramp([1, 3]), ramp([2, 3])),
      [2, 3],
      [
        ...ramp([1, 3])
          .multiply(ramp([2, 3]))
          .dataSync(),
      ],
    )
  })

  it('explains what does not fit', () => {
    const x = zeros([2, 3])
    expect(() => einsum('ij,jk->ik', x)).toThrow('einsum: ij,jk->ik names 2 operands, 1 were given.')
    expect(() => einsum('ijk->i', x)).toThrow('operand 0 has 2 axes [2, 3], its term names 3.')
    expect(() => einsum('ij,ij->i', x, zeros([2, 4]))).toThrow('sizes of axis j differ: 3 and 4, in operand 1 [2, 4].')
    expect(() => einsum('ij->ik', x)).toThrow("no operand has the result's axis k.")
    expect(() => einsum('i1->i', x)).toThrow('"i1" is not a list of letters with at most one "...".')
  })
})
