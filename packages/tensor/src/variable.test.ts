import { afterEach, describe, expect, it } from 'vitest'
import { captureIn } from './capture-scope.ts'
import { zeros } from './create.ts'
import { evaluateSync } from './evaluation.ts'
import { type Evaluator, installEvaluator, installedEvaluator } from './evaluator.ts'
import { Flag } from './flag.ts'
import { tensor } from './from-data.ts'
import type { Tensor } from './tensor.ts'
import { Variable } from './variable.ts'

/** Number of tensors that a tensor keeps alive. */
function graphSize(root: Tensor): number {
  const seen = new Set<Tensor>()
  const visit = (node: Tensor): void => {
    if (seen.has(node)) return
    seen.add(node)
    for (const input of node.inputs) visit(input)
  }
  visit(root)
  return seen.size
}

const original = installedEvaluator()
afterEach(() => {
  installEvaluator(original)
})

/** Notes how many roots each evaluation is asked for. */
function countingEvaluator(calls: number[]): Evaluator {
  return {
    evaluate: (roots) => {
      calls.push(roots.length)
      return original.evaluate(roots)
    },
    evaluateSync: (roots) => {
      calls.push(roots.length)
      return original.evaluateSync!(roots)
    },
  }
}

describe('a variable', () => {
  it('gives the same tensor until it is assigned', () => {
    const x = new Variable(zeros([2]))
    expect(x.value).toBe(x.value)
    const before = x.value
    x.assign(x.value.add(1))
    expect(x.value).not.toBe(before)
  })

  it('leaves its old values as they were', () => {
    const x = new Variable(tensor([1, 2]))
    const before = x.value
    const double = x.value.multiply(2)
    x.assign(tensor([10, 20]))
    expect([...before.dataSync()]).toEqual([1, 2])
    expect([...double.dataSync()]).toEqual([2, 4])
    expect([...x.value.dataSync()]).toEqual([10, 20])
  })

  it('keeps its shape and dtype', () => {
    const x: Variable = new Variable(zeros([2]))
    expect(() => x.assign(zeros([3]))).toThrow('assign: a variable of shape [2] cannot take a value of shape [3].')
    expect(() => x.assign(zeros([2], 'int32'))).toThrow('assign: a float32 variable cannot take a int32 value.')
  })

  it('inside a captured function is read and assigned through the scope', () => {
    const x = new Variable(zeros([2]))
    const placeholder = zeros([2])
    const assigned: [Variable, Tensor][] = []
    const scope = {
      readVariable: (): Tensor => placeholder,
      assignVariable: (variable: Variable, next: Tensor): void => {
        assigned.push([variable, next])
      },
      readFlag: (): void => {},
    }
    captureIn(scope, () => {
      expect(x.value).toBe(placeholder)
      x.assign(x.value.add(1))
      expect(() => x.value.dataSync()).toThrow('A value was read inside a function that is being compiled')
    })
    expect(assigned).toHaveLength(1)
    expect(assigned[0]![0]).toBe(x)
    expect([...x.value.dataSync()]).toEqual([0, 0])
  })
})

describe('assignments that nobody has read', () => {
  it('are evaluated together with whatever is read next', () => {
    const calls: number[] = []
    installEvaluator(countingEvaluator(calls))
    const [x, y] = [new Variable(tensor([1])), new Variable(tensor([2]))]
    evaluateSync([])
    calls.length = 0
    x.assign(x.value.add(1))
    y.assign(y.value.add(x.value))
    const loss = y.value.multiply(10)
    expect(loss.itemSync()).toBe(40)
    expect(calls).toEqual([3])
    expect([x.value.itemSync(), y.value.itemSync()]).toEqual([2, 4])
    expect(calls).toEqual([3])
  })

  it('are forgotten as graphs once they are computed', () => {
    const x = new Variable(zeros([2]))
    x.assign(x.value.add(1).multiply(3))
    x.value.dataSync()
    expect(graphSize(x.value)).toBe(1)
    expect([...x.value.dataSync()]).toEqual([3, 3])
  })

  it('keep the graph small over many steps', () => {
    const [parameter, momentum] = [new Variable(zeros([2])), new Variable(zeros([2]))]
    let largest = 0
    for (let step = 0; step < 10_000; step++) {
      momentum.assign(momentum.value.multiply(0.5).add(1))
      parameter.assign(parameter.value.add(momentum.value))
      largest = Math.max(largest, step % 100 === 0 ? graphSize(parameter.value) : 0)
    }
    expect(largest).toBeLessThan(32 * 8)
    // Momentum tends to 2, and was Σ 2⁻ⁱ on the way there.
    expect(momentum.value.select(0, 0).itemSync()).toBeCloseTo(2, 5)
    expect(parameter.value.select(0, 0).itemSync()).toBeCloseTo(20_000 - 2, 0)
  })
})

describe('a flag', () => {
  it('tells the scope that the function depends on it', () => {
    const flag = new Flag(true)
    const read: Flag[] = []
    const scope = {
      readVariable: (variable: Variable): Tensor => variable.value,
      assignVariable: (): void => {},
      readFlag: (seen: Flag): void => {
        read.push(seen)
      },
    }
    expect(captureIn(scope, () => flag.on)).toBe(true)
    expect(read).toEqual([flag])
    flag.on = false
    expect(flag.on).toBe(false)
    expect(read).toHaveLength(1)
  })
})
