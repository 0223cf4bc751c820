import { bernoulli, scan, seed, type Tensor, tensor, Variable } from '@neurite/tensor'
import { describe, expect, it } from 'vitest'
import { checkGradients, checkpoint, gradients, jvp, vmap } from './index.ts'
import { scattered } from './test/scattered.ts'

const weight = new Variable(scattered([3, 3]))
const block = (x: Tensor): Tensor => x.matmul(weight.value).tanh()
const x = scattered([2, 3], { seed: 2 })

function stack(f: (x: Tensor) => Tensor): (x: Tensor) => Tensor {
  return (x) => f(f(f(x)))
}

/** The primitives behind a tensor, each as often as it stands there. */
function count(root: Tensor, primitive: string): number {
  const seen = new Set<Tensor>()
  const nodes = [root]
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    if (seen.has(node)) continue
    seen.add(node)
    nodes.push(...node.inputs)
  }
  return [...seen].filter((node) => node.primitive === primitive).length
}

describe('checkpoint', () => {
  it('changes neither values nor gradients, by arguments, variables and what is closed over', () => {
    const closed = scattered([3], { seed: 4 })
    const run = (f: (x: Tensor) => Tensor) => {
      const loss = stack((x) => f(x).multiply(closed))(x)
        .square()
        .sum()
      return [loss, ...gradients(loss, [x, weight, closed])].map((each) => each.dataSync())
    }
    expect(run(checkpoint(block))).toEqual(run(block))
    const inside = checkpoint((x: Tensor) => block(x).multiply(closed))
    const loss = inside(inside(x)).sum()
    const plain = block(block(x).multiply(closed)).multiply(closed).sum()
    expect(gradients(loss, closed).dataSync()).toEqual(gradients(plain, closed).dataSync())
  })

  it('computes the inside again for the gradient', () => {
    expect(count(gradients(stack(block)(x).sum(), x), 'tanh')).toBe(3)
    // The gradient of a sum does not need what is summed: of the last block only the inside.
    expect(count(gradients(stack(checkpoint(block))(x).sum(), x), 'tanh')).toBe(2 + 3)
  })

  it('of several results computes it again once', () => {
    const f = checkpoint((x: Tensor) => ({ a: x.sin(), b: [x.sin().exp()] }))
    const { a, b } = f(x)
    const found = gradients(a.square().sum().add(b[0]!.sum()), x)
    // Once for a, whose square is differentiated, and both again.
    expect(count(found, 'sin')).toBe(1 + 2)
    expect(found.dataSync()).toEqual(gradients(x.sin().square().sum().add(x.sin().exp().sum()), x).dataSync())
  })

  it('can be nested and differentiated again, forwards too', async () => {
    const nested = checkpoint((x: Tensor) => checkpoint(block)(x).sin())
    const loss = nested(nested(x)).square().sum()
    await checkGradients(loss, { x, weight })
    await checkGradients(gradients(loss, weight).square().sum(), { x, weight })
    const v = scattered([2, 3], { seed: 5 })
    const [found, expected] = [jvp(nested, x, v), jvp((x: Tensor) => block(x).sin(), x, v)]
    found.tangent.dataSync().forEach((value: number, i: number) => {
      expect(value).toBeCloseTo(expected.tangent.dataSync()[i]!, 12)
    })
  })

  it('goes with vmap, inside and outside, and in loops', () => {
    const slope = (f: (x: Tensor) => Tensor) => vmap((x: Tensor) => gradients(stack(f)(x).sum(), weight))(x)
    expect(slope(checkpoint(block)).dataSync()).toEqual(slope(block).dataSync())
    const loop = (f: (x: Tensor) => Tensor): Tensor => {
      const [last] = scan((h: Tensor, e: Tensor) => [f(h.add(e)), e] as const, x, scattered([4, 2, 3]))
      return gradients(last.sum(), weight)
    }
    expect(loop(checkpoint(block)).dataSync()).toEqual(loop(block).dataSync())
  })

  it('draws the same numbers both times', () => {
    const dropout = (x: Tensor): Tensor => x.multiply(bernoulli([2, 3], { probability: 0.5 }).cast('float64')).exp()
    const run = (f: (x: Tensor) => Tensor) => {
      seed(5)
      const y = f(f(x))
      return [y, gradients(y.sum(), x)].map((each) => each.dataSync())
    }
    expect(run(checkpoint(dropout))).toEqual(run(dropout))
  })

  it('assigns variables once', () => {
    const seen = new Variable(tensor(0))
    const f = checkpoint((x: Tensor) => {
      seen.assign(seen.value.add(1))
      return x.multiply(seen.value.cast('float64'))
    })
    const y = f(f(x))
    const found = gradients(y.sum(), x)
    expect(seen.value.itemSync()).toBe(2)
    expect([...found.dataSync()]).toEqual(Array(6).fill(2))
  })

  it('gives what depends on no argument, and refuses asynchronous functions', () => {
    expect(checkpoint((_: Tensor) => tensor([1]))(x).toArraySync()).toEqual([1])
    expect(() => checkpoint(async (x: Tensor) => x)(x)).toThrow('checkpoint: the function is asynchronous')
  })
})
