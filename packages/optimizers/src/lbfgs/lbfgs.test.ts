import { gradients } from '@neurite/autograd'
import { type Tensor, tensor, Variable } from '@neurite/tensor'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Evaluation, LBFGS, type LBFGSOptions } from '../index.ts'

/** Σ 100 · (xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)², smallest at (1, …, 1), at the end of a curved valley. */
function rosenbrock(x: Tensor): Tensor {
  const [head, tail] = [x.slice({ starts: [0], stops: [-1] }), x.slice({ starts: [1] })]
  const valley = tail.subtract(head.square()).square().multiply(100)
  return valley.add(head.negate().add(1).square()).sum()
}

/** A problem in float64, so that convergence is not hidden by rounding. */
function problem(
  start: readonly number[],
  loss: (x: Tensor) => Tensor,
): { x: Variable; evaluate: () => Evaluation; count: () => number } {
  const x = new Variable(tensor([...start], { dtype: 'float64' })) as Variable
  let count = 0
  const evaluate = (): Evaluation => {
    count++
    const value = loss(x.value)
    return { loss: value, gradients: gradients(value, { x }) }
  }
  return { x, evaluate, count: () => count }
}

async function minimum(
  start: readonly number[],
  loss: (x: Tensor) => Tensor,
  options: LBFGSOptions = {},
): Promise<readonly number[]> {
  const { x, evaluate } = problem(start, loss)
  await new LBFGS({ x }, { iterations: 200, ...options }).step(evaluate)
  return [...x.value.dataSync()]
}

test('finds the end of the valley of Rosenbrock’s function', async () => {
  for (const start of [
    [-1.2, 1],
    [3, -2, 0.5, 1.5],
    [0, 0, 0],
  ]) {
    for (const value of await minimum(start, rosenbrock, { changeTolerance: 1e-15 })) expect(value).toBeCloseTo(1, 6)
  }
})

test('solves quadratic problems in about as many iterations as they have dimensions', async () => {
  const positive = fc.array(fc.double({ min: 0.1, max: 50, noNaN: true }), { minLength: 1, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(positive, async (scales) => {
      const weights = tensor(scales, { dtype: 'float64' })
      const bowl = (x: Tensor): Tensor => x.subtract(2).square().multiply(weights).sum()
      const found = await minimum(
        scales.map((_, i) => i),
        bowl,
        // The loss says little of the place where a bowl is flat, so it must settle further than by default.
        { iterations: 40, evaluations: 80, changeTolerance: 1e-15 },
      )
      for (const value of found) expect(value).toBeCloseTo(2, 4)
    }),
    { numRuns: 20 },
  )
})

test('needs far fewer evaluations than iterations of gradient descent, and no more than allowed', async () => {
  const { x, evaluate, count } = problem([-1.2, 1], rosenbrock)
  await new LBFGS({ x }, { iterations: 200, evaluations: 250 }).step(evaluate)
  expect(count()).toBeLessThan(80)
  const limited = problem([-1.2, 1], rosenbrock)
  await new LBFGS([limited.x], { iterations: 3, lineSearch: 'none' }).step(() => {
    const { loss, gradients } = limited.evaluate()
    return { loss, gradients: [(gradients as Record<string, Tensor>).x!] }
  })
  expect(limited.count()).toBeLessThanOrEqual(4)
})

test('gives the loss before the step, and stays where the gradient is 0', async () => {
  const { x, evaluate } = problem([2, 2], (y) => y.subtract(2).square().sum())
  expect(await new LBFGS({ x }).step(evaluate)).toBe(0)
  expect([...x.value.dataSync()]).toEqual([2, 2])
})

describe('the state', () => {
  test('saved and loaded, goes on as if never stopped', async () => {
    const straight = problem([-1.2, 1], rosenbrock)
    const first = new LBFGS({ x: straight.x }, { iterations: 5 })
    await first.step(straight.evaluate)
    const resumed = problem([...straight.x.value.dataSync()], rosenbrock)
    const second = new LBFGS({ x: resumed.x }, { iterations: 5 })
    second.loadStateDict(first.stateDict())
    await first.step(straight.evaluate)
    await second.step(resumed.evaluate)
    expect([...resumed.x.value.dataSync()]).toEqual([...straight.x.value.dataSync()])
  })

  test('of other parameters, or without its parts, does not load', async () => {
    const { x, evaluate } = problem([-1.2, 1], rosenbrock)
    const optimizer = new LBFGS({ x }, { iterations: 3 })
    await optimizer.step(evaluate)
    const other = new LBFGS({ y: new Variable(tensor([1, 2, 3])) })
    expect(() => other.loadStateDict(optimizer.stateDict())).toThrow('the parameters have 3')
    expect(() => other.loadStateDict({})).toThrow('LBFGS: the saved state lacks steps.')
  })
})

test('arguments that do not fit are errors', async () => {
  const x = new Variable(tensor([1, 2]))
  expect(() => new LBFGS({})).toThrow('LBFGS: there are no parameters')
  expect(() => new LBFGS({ x }, { history: -1 })).toThrow('LBFGS: history is -1')
  expect(() => new LBFGS({ x }, { lineSearch: 'wolfe' as 'none' })).toThrow("LBFGS: lineSearch is 'wolfe'")
  const evaluate = (): Evaluation => ({ loss: tensor(1), gradients: {} })
  await expect(new LBFGS({ x }).step(evaluate)).rejects.toThrow('LBFGS: parameter "x" has no gradient.')
})
