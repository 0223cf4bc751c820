import { DTypeError, ShapeError, scan, type Tensor, tensor } from '@neurite/tensor'
import { describe, expect, it } from 'vitest'
import { checkGradients, customGradient, GradientError, gradients, jvp, vmap } from './index.ts'
import { scattered } from './test/scattered.ts'

/** log(1 + eˣ), whose derivative does not overflow. */
const softplus = customGradient(
  (x: Tensor) => x.exp().add(1).log(),
  (cotangent, { args: [x] }) => [cotangent.multiply(x.negate().exp().add(1).reciprocal())],
)

/** Rotation by an angle: two results of three arguments, and how often its rule has been applied. */
let applied = 0
const rotate = customGradient(
  (x: Tensor, y: Tensor, angle: Tensor): readonly [Tensor, Tensor] => [
    x.multiply(angle.cos()).subtract(y.multiply(angle.sin())),
    x.multiply(angle.sin()).add(y.multiply(angle.cos())),
  ],
  ([a, b], { args: [, , angle], output: [u, v] }) => {
    applied++
    return [
      a.multiply(angle.cos()).add(b.multiply(angle.sin())),
      b.multiply(angle.cos()).subtract(a.multiply(angle.sin())),
      b.multiply(u).subtract(a.multiply(v)).sum(),
    ]
  },
)

function expectClose(found: Tensor, expected: Tensor): void {
  expect(found.shape).toEqual(expected.shape)
  const wanted = expected.dataSync()
  found.dataSync().forEach((value: number, i: number) => {
    expect(value).toBeCloseTo(wanted[i]!, 10)
  })
}

describe('a custom gradient', () => {
  it('is what its rule says, and the value what the function says', () => {
    const x = tensor([0, 100])
    expect(softplus(x).dataSync()[0]).toBeCloseTo(Math.log(2), 6)
    expect(gradients(softplus(x).sum(), x).toArraySync()).toEqual([0.5, 1])
    const reversed = customGradient(
      (x: Tensor) => x,
      (cotangent) => [cotangent.negate()],
    )
    expect(gradients(reversed(x).square().sum(), x).toArraySync()).toEqual([-0, -200])
  })

  it('can be differentiated again, through its arguments and its results', async () => {
    const [x, y, angle] = [scattered([3]), scattered([3], { seed: 2 }), scattered([])]
    await checkGradients(softplus(x).square().sum(), { x })
    await checkGradients(gradients(softplus(x).sum(), x).square().sum(), { x })
    const [u, v] = rotate(x, y, angle)
    const loss = u.square().multiply(v.exp()).sum()
    await checkGradients(loss, { x, y, angle })
    const first = gradients(loss, { x, y, angle })
    await checkGradients(first.angle.add(first.x.square().sum()), { x, y, angle })
  })

  it('of several results is asked for once', () => {
    const [x, y, angle] = [scattered([3]), scattered([3], { seed: 2 }), scattered([])]
    const [u, v] = rotate(x, y, angle)
    const loss = u.square().multiply(v.exp()).sum().add(v.sum())
    applied = 0
    gradients(loss, [x, y, angle])
    expect(applied).toBe(1)
    applied = 0
    gradients(v.sum(), [x])
    expect(applied).toBe(1)
  })

  it('goes forwards by its transpose', () => {
    const [x, v] = [scattered([3]), scattered([3], { seed: 3 })]
    const plain = (x: Tensor): Tensor => x.exp().add(1).log()
    expectClose(jvp(softplus, x, v).tangent, jvp(plain, x, v).tangent)
  })

  it('has many examples, of arguments that they share too', () => {
    const [xs, ys, angle] = [scattered([4, 3]), scattered([4, 3], { seed: 2 }), scattered([])]
    const run = (x: Tensor, y: Tensor): Tensor => {
      const [u, v] = rotate(x, y, angle)
      return u.square().multiply(v.exp()).sum()
    }
    const expected = (i: number): Tensor => gradients(run(xs.select(0, i), ys.select(0, i)), angle)
    const inside = vmap((x: Tensor, y: Tensor) => gradients(run(x, y), angle))(xs, ys)
    for (let i = 0; i < 4; i++) expectClose(inside.select(0, i), expected(i))
    const outside = gradients(vmap(run)(xs, ys).sum(), angle)
    expectClose(outside, inside.sum())
  })

  it('stands in the steps of a loop', async () => {
    const [start, sequence] = [scattered([2]), scattered([3, 2], { seed: 2 })]
    const [last] = scan((carry: Tensor, x: Tensor) => [softplus(carry.multiply(x)), x] as const, start, sequence)
    await checkGradients(last.sum(), { start, sequence })
  })

  it('that is wrong is found', async () => {
    const wrong = customGradient(
      (x: Tensor) => x.sin(),
      (cotangent, { args: [x] }) => [cotangent.multiply(x.cos()).multiply(2)],
    )
    const x = scattered([3])
    await expect(checkGradients(wrong(x).sum(), { x })).rejects.toThrow(GradientError)
    await expect(checkGradients(wrong(x).sum(), { x })).rejects.toThrow('The operation that is off is customGradient')
  })

  it('that does not fit its arguments is an error that says so', () => {
    const x = tensor([1, 2])
    const giving = (rule: () => unknown): (() => unknown) => {
      const f = customGradient((x: Tensor) => x, rule as () => readonly Tensor[])
      return () => gradients(f(x).sum(), x)
    }
    expect(giving(() => [tensor([1])])).toThrow(ShapeError)
    expect(giving(() => [tensor([1])])).toThrow('a cotangent of shape [1] for argument 0, which has [2]')
    expect(giving(() => [tensor([1, 2], { dtype: 'float64' })])).toThrow(DTypeError)
    expect(giving(() => [])).toThrow('each of 1 arguments, not one of 0')
    expect(giving(() => x)).toThrow('must give a list')
    expect(giving(() => [3])).toThrow('gave 3 for argument 0: neither a tensor nor null')
    expect(
      gradients(
        customGradient(
          (x: Tensor) => x,
          () => [null],
        )(x).sum(),
        x,
      ).toArraySync(),
    ).toEqual([0, 0])
  })
})
