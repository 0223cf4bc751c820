import {
  Flag,
  foldIn,
  iota,
  key,
  normal,
  randomBits,
  scan,
  seed,
  splitKey,
  type Tensor,
  tensor,
  uniform,
  Variable,
  where,
} from '@neurite/tensor'
import { describe, expect, it } from 'vitest'
import { gradients, jvp, vmap } from './index.ts'
import { stacked } from './test/examples.ts'
import { integers, scattered } from './test/scattered.ts'

function expectEqual(found: Tensor, expected: Tensor): void {
  expect(found.shape).toEqual(expected.shape)
  const wanted = expected.dataSync()
  found.dataSync().forEach((value: number, i: number) => {
    expect(value).toBeCloseTo(wanted[i]!, 10)
  })
}

const rows = scattered([4, 3])
const each = (f: (row: Tensor, i: number) => Tensor): Tensor =>
  stacked(Array.from({ length: 4 }, (_, i) => f(rows.select(0, i), i)))

describe('vmap', () => {
  it('gives what stacking the results of single examples gives', () => {
    const f = (x: Tensor): Tensor => x.subtract(x.mean()).square().sum().sqrt()
    expectEqual(vmap(f)(rows), each(f))
  })

  it('takes examples along any axis, or one thing for all, in lists, records and maps', () => {
    const matrix = scattered([3, 2], { seed: 2 })
    const product = vmap((x: Tensor, m: Tensor) => x.matmul(m), { inAxes: [1, null] })
    expectEqual(product(rows.transpose(), matrix), rows.matmul(matrix))
    const nested = vmap(
      ({ a, list }: { a: Tensor; list: readonly [Tensor, Tensor] }) => a.add(list[0]).multiply(list[1]),
      {
        inAxes: [{ a: 0, list: [null, -1] }],
      },
    )
    expectEqual(
      nested({ a: rows, list: [tensor([1, 2, 3], { dtype: 'float64' }), rows.transpose()] }),
      each((x) => x.add(tensor([1, 2, 3])).multiply(x)),
    )
    const map = vmap((m: ReadonlyMap<string, Tensor>) => m.get('x')!.sum())
    expectEqual(
      map(new Map([['x', rows]])) as Tensor,
      each((x) => x.sum()),
    )
  })

  it('gives results along any axis, and what is the same for all once', () => {
    const f = vmap((x: Tensor) => ({ twice: x.multiply(2), same: iota([2], 0) }), { outAxes: { twice: 1, same: null } })
    const { twice, same } = f(rows)
    expectEqual(twice, rows.multiply(2).transpose())
    expect(same.toArraySync()).toEqual([0, 1])
    expect(vmap((_: Tensor) => iota([2], 0))(rows).toArraySync()).toEqual(Array(4).fill([0, 1]))
  })

  it('nests', () => {
    const [a, b] = [scattered([4, 3]), scattered([5, 3], { seed: 2 })]
    const dot = (x: Tensor, y: Tensor): Tensor => x.multiply(y).sum()
    const all = vmap((x: Tensor) => vmap((y: Tensor) => dot(x, y))(b))(a)
    expectEqual(all, a.matmul(b.transpose()))
  })

  it('gives the gradient of every example, of parameters that are the same for all', () => {
    const weight = new Variable(scattered([3, 2], { seed: 3 }))
    const bias = new Variable(scattered([2], { seed: 4 }))
    const targets = integers([0, 1, 1, 0])
    const loss = (x: Tensor, target: Tensor): Tensor => {
      const scores = x.matmul(weight.value).add(bias.value)
      return scores.exp().sum().log().subtract(scores.take(target, 0))
    }
    const found = vmap((x: Tensor, target: Tensor) => gradients(loss(x, target), { weight, bias }))(rows, targets)
    const single = Array.from({ length: 4 }, (_, i) =>
      gradients(loss(rows.select(0, i), targets.select(0, i)), { weight, bias }),
    )
    expectEqual(found.weight, stacked(single.map(({ weight }) => weight)))
    expectEqual(found.bias, stacked(single.map(({ bias }) => bias)))
    const total = gradients(vmap(loss)(rows, targets).sum(), { weight, bias })
    expectEqual(found.weight.sum(0), total.weight)
  })

  it('goes together with jvp, inside and outside', () => {
    const f = (x: Tensor): Tensor => x.sin().multiply(x.exp()).sum()
    const v = scattered([4, 3], { seed: 5 })
    const inside = vmap((x: Tensor, v: Tensor) => jvp(f, x, v).tangent)(rows, v)
    expectEqual(inside, jvp(vmap(f), rows as never, v as never).tangent as Tensor)
    expectEqual(inside, gradients(vmap(f)(rows).sum(), rows).multiply(v).sum(1))
  })

  it('goes through conditions, indices and loops, by what differs inside', () => {
    const run = (x: Tensor, at: Tensor): Tensor => {
      const [last, all] = scan(
        (carry: { sum: Tensor; count: Tensor }, element: Tensor) => {
          const sum = where(element.greater(0), carry.sum.add(element), carry.sum.multiply(0.5))
          return [{ sum, count: carry.count.add(1) }, sum.multiply(x.take(at, 0))] as const
        },
        { sum: tensor(0, { dtype: 'float64' }) as Tensor, count: integers([0], []) as Tensor },
        x,
      )
      return all.add(last.sum).add(last.count)
    }
    const at = integers([2, 0, 1, 1])
    expectEqual(
      vmap(run)(rows, at),
      each((x, i) => run(x, at.select(0, i))),
    )
    const slope = (x: Tensor, at: Tensor): Tensor => gradients(run(x, at).square().sum(), x)
    expectEqual(
      vmap(slope)(rows, at),
      each((x, i) => slope(x, at.select(0, i))),
    )
  })

  it('finds an index out of range in any example', () => {
    const take = vmap((x: Tensor, at: Tensor) => x.take(at, 0))
    expect(() => take(rows, integers([0, 3, 0, 0])).dataSync()).toThrow('out of range')
    expect(() => take(rows, integers([0, 0, 0, -4])).dataSync()).toThrow('out of range')
  })

  it('asks flags outside', () => {
    const training = new Flag(true)
    const f = vmap((x: Tensor) => (training.on ? x.multiply(2) : x))
    expectEqual(f(rows), rows.multiply(2))
    training.on = false
    expectEqual(f(rows), rows)
  })
})

describe('random numbers under vmap', () => {
  it('are those of each key', () => {
    const keys = splitKey(key(3), 4)
    const draw = (k: Tensor): Tensor => normal([2], { key: foldIn(k as never, 7) })
    expectEqual(vmap(draw)(keys), stacked(Array.from({ length: 4 }, (_, i) => draw(keys.select(0, i)))))
    expectEqual(
      vmap(vmap((k: Tensor) => randomBits(k as never, [3])))(keys.reshape([2, 2, 2])),
      stacked(Array.from({ length: 4 }, (_, i) => randomBits(keys.select(0, i) as never, [3]))).reshape([2, 2, 3]),
    )
  })

  it('are the same for all under one key, and different for each example under none', () => {
    const shared = vmap((x: Tensor) => x.multiply(0).add(uniform([3], { key: key(5) })))(
      rows,
    ).toArraySync() as number[][]
    expect(new Set(shared.map(String)).size).toBe(1)
    const draw = (): number[][] =>
      vmap((x: Tensor) =>
        x
          .multiply(0)
          .add(uniform([3]))
          .add(uniform([3])),
      )(rows).toArraySync() as number[][]
    seed(11)
    const [first, second] = [draw(), draw()]
    expect(new Set([...first, ...second].map(String)).size).toBe(8)
    seed(11)
    expect(draw()).toEqual(first)
  })
})

describe('vmap refuses, and says why,', () => {
  it('assignments', () => {
    const statistics = new Variable(tensor([0, 0, 0]))
    const f = vmap((x: Tensor) => {
      statistics.assign(x as never)
      return x
    })
    expect(() => f(rows.cast('float32'))).toThrow('vmap: the function assigned a variable')
  })

  it('reading values', () => {
    expect(() => vmap((x: Tensor) => (x.sum().itemSync() > 0 ? x : x.negate()))(rows)).toThrow(
      'A value was read inside',
    )
  })

  it('asynchronous functions', () => {
    expect(() => vmap(async (x: Tensor) => x)(rows as never)).toThrow('vmap: the function is asynchronous')
  })

  it('examples that cannot be counted', () => {
    const [add, none] = [vmap((a: Tensor, b: Tensor) => a.add(b)), vmap((x: Tensor) => x, { inAxes: null })]
    expect(() => add(rows, scattered([5, 3]))).toThrow('one argument has 4 examples, another 5 (axis 0 of [5, 3])')
    expect(() => none(rows)).toThrow('no argument has an axis of examples')
    expect(() => vmap((x: Tensor) => x)(scattered([]))).toThrow('axis 0 of inAxes is out of range for []')
    expect(() => vmap((x: Tensor) => x, { inAxes: 2 })(rows)).toThrow('axis 2 of inAxes is out of range for [4, 3]')
  })

  it('axes that do not fit', () => {
    const f = vmap((a: Tensor, b: Tensor) => a.add(b), { inAxes: [0] })
    expect(() => f(rows, rows)).toThrow('vmap: inAxes: there is no axis for [1]')
    expect(() => vmap((x: Tensor) => x, { inAxes: [[0]] })(rows)).toThrow('vmap: inAxes: [0] is a tensor')
    expect(() => vmap((x: Tensor) => x, { outAxes: null })(rows)).toThrow(
      'vmap: outAxes is null for a result that differs',
    )
    expect(() => vmap((x: Tensor) => x, { outAxes: 2 })(rows)).toThrow('axis 2 of outAxes is out of range for [4, 3]')
  })
})

it('there may be no examples', () => {
  expect(vmap((x: Tensor) => x.sum())(scattered([0, 3])).toArraySync()).toEqual([])
})
