import {
  bernoulli,
  DTypeError,
  key,
  type PrimitiveName,
  ShapeError,
  type Tensor,
  tensor,
  Variable,
  where,
} from '@neurite/tensor'
import { describe, expect, it } from 'vitest'
import { checkGradients, GradientError, gradients, stopGradient } from '../index.ts'
import type { VjpRule } from '../rule.ts'
import { vjpRules } from '../rules/index.ts'
import { ruleCases } from '../test/cases/index.ts'
import { checkDerivatives } from '../test/check-derivatives.ts'
import { float64, scattered } from '../test/scattered.ts'

type Rule = VjpRule<PrimitiveName>
const rules = vjpRules as Record<PrimitiveName, Rule | null>
// A custom gradient's rule is that of its call: see custom-gradient.test.ts.
const withRules = (Object.keys(rules) as PrimitiveName[]).filter(
  (primitive) => rules[primitive] !== null && primitive !== 'customGradient',
)

/** Runs `body` while a primitive's rule is replaced by what `change` makes of it. */
async function withRule<T>(primitive: PrimitiveName, change: (rule: Rule) => Rule, body: () => Promise<T>): Promise<T> {
  const rule = rules[primitive]!
  rules[primitive] = change(rule)
  try {
    return await body()
  } finally {
    rules[primitive] = rule
  }
}

async function errorOf(check: Promise<unknown>): Promise<GradientError> {
  return check.then(
    () => expect.fail('the check has found nothing'),
    (error) => {
      expect(error).toBeInstanceOf(GradientError)
      return error as GradientError
    },
  )
}

describe('checkGradients finds a wrong rule', () => {
  it.each(withRules)('of %s', async (primitive) => {
    const { y, by } = ruleCases[primitive].find(({ by }) => by.some(({ size }) => size > 1))!
    const tooLarge =
      (rule: Rule): Rule =>
      (c, node, pullBack) =>
        rule(c, node, pullBack).map((each) => each?.multiply(1.001) ?? null)
    const { operation } = await withRule(primitive, tooLarge, () => errorOf(checkDerivatives(y, by)))
    expect(operation).toContain(`${primitive} `)
  })

  it('and says where, what was expected and what was found', async () => {
    const weight = float64([0.5, 1, 1.5, 2], [2, 2])
    const bias = float64([1, 1])
    const loss = weight.sin().add(bias).sum()
    const forgetful =
      (): Rule =>
      (c, { inputs: [x] }) => [where(x!.greater(1.2), 0, c.multiply(x!.cos()))]
    const error = await withRule('sin', forgetful, () => errorOf(checkGradients(loss, { weight, bias })))
    expect(error.worst).toMatchObject({ target: 'weight', index: [1, 1], found: 0 })
    expect(error.worst.expected).toBeCloseTo(Math.cos(2), 8)
    expect(error.operation).toBe('sin [2, 2] → [2, 2]')
    expect(error.message).toMatch(
      /^checkGradients: the gradient by "weight" at \[1, 1\] is 0; finite differences give -0\.416\d+ \(tolerance 0\.000001\)\. The operation that is off is sin \[2, 2\] → \[2, 2\]: its rule is wrong, or it has no derivative at this point\.$/,
    )
  })

  it('and names it in a second derivative, too', async () => {
    const x = float64([0.5, 1])
    const flat =
      (): Rule =>
      (c, { inputs: [x] }) => [c.multiply(x!.sin())]
    await withRule('cos', flat, async () => {
      const first = gradients(x.sin().sum(), x)
      expect((await errorOf(checkGradients(first.sum(), x))).operation).toBe('cos [2] → [2]')
    })
  })
})

describe('checkGradients', () => {
  it('reports how much it has compared, and the worst', async () => {
    const x = tensor([1, 2, 3])
    const report = await checkGradients(x.square().sum(), [x, tensor([[1]])])
    expect(report.count).toBe(4)
    expect(report.worst!.expected).toBeCloseTo(report.worst!.found, 8)
    expect(await checkGradients(x.sum(), [])).toEqual({ count: 0, worst: undefined })
  })

  it('blames an operation at a point where it has no derivative', async () => {
    const x = float64([1, 3, 3])
    const error = await errorOf(checkGradients(x.max(0, { ties: 'first' }).multiply(2), x))
    expect(error.operation).toBe('max [3] → []')
    expect(error.worst.found).not.toBe(error.worst.expected)
    // A jump of the loss has infinitely steep differences.
    const jump = await errorOf(checkGradients(float64([1]).multiply(x).floor().sum(), x))
    expect(jump.worst).toMatchObject({ found: 0 })
  })

  it('blames no operation where none by itself is off', async () => {
    const x = float64([0.1])
    const loss = x.multiply(1e7).sin().sum()
    const error = await errorOf(checkGradients(loss, x))
    expect(error.operation).toBeUndefined()
    expect(error.message).toContain('Every operation by itself agrees')
    await checkGradients(loss, x, { step: 1e-12, tolerance: 1e-2 })
  })

  it('takes a tolerance', async () => {
    const x = float64([0.5])
    const loss = x.exp().sum()
    const coarse = { step: 0.1 }
    await errorOf(checkGradients(loss, x, coarse))
    await checkGradients(loss, x, { ...coarse, tolerance: 1e-2 })
  })

  it('does not let small gradients pass that are wrong', async () => {
    const x = float64([0.5, 1])
    const loss = x.sin().multiply(1e-9).sum()
    await checkGradients(loss, x)
    const half =
      (rule: Rule): Rule =>
      (c, node, pullBack) =>
        rule(c, node, pullBack).map((each) => each?.multiply(0.5) ?? null)
    await withRule('sin', half, () => errorOf(checkGradients(loss, x)))
  })

  it('computes in float64 what is float32', async () => {
    const weight = new Variable(
      tensor([
        [0.1, -0.2],
        [0.3, 0.4],
      ]),
    )
    const x = tensor([
      [1, 2],
      [3, -4],
      [0.5, 0.25],
    ])
    const loss = x.matmul(weight.value).tanh().cast('float64').square().mean()
    await checkGradients(loss, { weight }, { tolerance: 1e-7 })
    await checkGradients(loss, new Map([['weight', weight]]))
    await checkGradients(loss, weight)
    expect(weight.value.dtype).toBe('float32')
  })

  it('keeps random draws and everything behind stopGradient as they are', async () => {
    const x = scattered([4, 5])
    const mask = bernoulli([4, 5], { key: key(3), probability: 0.5 }).cast('float64')
    await checkGradients(x.multiply(mask).square().sum(), x)
    await checkGradients(stopGradient(x.exp()).multiply(x).sum(), x)
    await checkGradients(stopGradient(x).sum(), x)
  })

  it('follows conditions and positions that depend on the targets', async () => {
    const x = scattered([3, 4])
    await checkGradients(where(x.greater(0), x.square(), x.multiply(3)).sum(), x)
    await checkGradients(x.take(x.argMax(1), 1).square().sum(), x)
  })

  it('takes intermediate results as targets, and targets that depend on one another', async () => {
    const x = scattered([3])
    const y = x.sin()
    const z: Tensor = y.multiply(x).exp()
    await checkGradients(z.sum(), [x, y, z, x])
    await checkGradients(y.sum(), { loss: y.sum(), other: z })
  })

  it('refuses what gradients refuses, under its own name', async () => {
    const x = scattered([2])
    await expect(checkGradients(x, x)).rejects.toThrow(
      new ShapeError(
        'checkGradients: the loss must be a scalar, not [2]. Reduce it with .sum() or .mean(), or use vjp.',
      ),
    )
    await expect(checkGradients(x.sum(), tensor([1], { dtype: 'int32' }))).rejects.toThrow(DTypeError)
    await expect(checkGradients(x.sum(), x, { tolerance: 0 })).rejects.toThrow(
      new RangeError('checkGradients: tolerance must be positive, not 0.'),
    )
    await expect(checkGradients(x.sum(), x, { step: Number.NaN })).rejects.toThrow(RangeError)
  })
})
