import { Flag, ones, relu, ShapeError, seed, type Tensor, tensor, uniform, Variable, zeros } from '@neurite/tensor'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Backend, referenceBackend } from '../kernel/index.ts'
import { useBackend } from '../runtime/installed-backend.ts'
import { compile } from './compile.ts'

/** A reference backend that counts the programs it prepares. */
function countingBackend(): Backend & { prepared: number; released: number } {
  const backend = {
    ...referenceBackend(),
    prepared: 0,
    released: 0,
    prepare(...args: Parameters<Backend['prepare']>) {
      backend.prepared++
      const executable = inner.prepare(...args)
      return {
        ...executable,
        release() {
          backend.released++
          executable.release()
        },
      }
    },
  }
  const inner = referenceBackend()
  backend.createState = inner.createState
  return backend
}

beforeEach(() => {
  useBackend(referenceBackend())
})

describe('a compiled function', () => {
  test('gives what the function gives', () => {
    const f = (x: Tensor<[2, 2]>, y: Tensor<[2]>) => relu(x.matmul(x).add(y)).sum()
    const [x, y] = [
      tensor([
        [1, -2],
        [3, 4],
      ]),
      tensor([0.5, -30]),
    ] as const
    expect(compile(f)(x, y).itemSync()).toBe(f(x, y).itemSync())
  })

  test('runs the JavaScript once per combination of shapes, dtypes and other arguments', () => {
    let runs = 0
    const f = compile((x: Tensor, factor: number) => {
      runs++
      return x.multiply(factor)
    })
    expect(f(tensor([1, 2]), 3).toArraySync()).toEqual([3, 6])
    expect(f(tensor([4, 5]), 3).toArraySync()).toEqual([12, 15])
    expect(runs).toBe(1)
    expect(f(tensor([4, 5, 6]), 3).toArraySync()).toEqual([12, 15, 18])
    expect(f(tensor([4, 5], { dtype: 'int32' }), 3).toArraySync()).toEqual([12, 15])
    expect(f(tensor([4, 5]), 2).toArraySync()).toEqual([8, 10])
    expect(runs).toBe(4)
    // All four are kept.
    expect(f(tensor([1, 2]), 3).toArraySync()).toEqual([3, 6])
    expect(runs).toBe(4)
  })

  test('takes and returns lists, records and maps', () => {
    const f = compile((batch: { images: Tensor; labels: readonly Tensor[] }, weights: ReadonlyMap<string, Tensor>) => ({
      total: batch.images.add(batch.labels[1]!),
      scaled: new Map([...weights].map(([name, weight]) => [name, weight.multiply(2)])),
      note: 'kept',
    }))
    const result = f({ images: tensor([1]), labels: [tensor([10]), tensor([20])] }, new Map([['w', tensor([4])]]))
    expect(result.total.toArraySync()).toEqual([21])
    expect(result.scaled.get('w')!.toArraySync()).toEqual([8])
    expect(result.note).toBe('kept')
  })

  test('evaluates arguments that are not known yet', () => {
    const f = compile((x: Tensor) => x.add(1))
    expect(f(tensor([1]).multiply(5)).toArraySync()).toEqual([6])
  })

  test('closes over tensors, and gives back arguments and constants that it returns', () => {
    const outside = tensor([10, 20]).add(1)
    const f = compile((x: Tensor) => [x, outside, ones([2]), x.add(outside)])
    const results = f(tensor([1, 2]))
    expect(results.map((result) => result.toArraySync())).toEqual([
      [1, 2],
      [11, 21],
      [1, 1],
      [12, 23],
    ])
  })

  test('called inside another becomes part of it', () => {
    const backend = countingBackend()
    useBackend(backend)
    const inner = compile((x: Tensor) => x.add(1))
    const outer = compile((x: Tensor) => inner(inner(x)).multiply(2))
    expect(outer(tensor([1])).toArraySync()).toEqual([6])
    expect(backend.prepared).toBe(1)
  })

  test('of the structure of another shares its program but not its variables', () => {
    const make = () => {
      const count = new Variable(zeros([]))
      return compile(() => {
        count.assign(count.value.add(1))
        return count.value
      })
    }
    const [a, b] = [make(), make()]
    a()
    expect(a().itemSync()).toBe(2)
    expect(b().itemSync()).toBe(1)
  })

  test('passes on what the function throws and stays usable', () => {
    const f = compile((x: Tensor) => x.matmul(tensor([[1], [2], [3]])))
    expect(() => f(tensor([[1, 2]]))).toThrow(ShapeError)
    expect(f(tensor([[1, 2, 3]])).toArraySync()).toEqual([[14]])
  })

  test('reports an index out of range', () => {
    const f = compile((table: Tensor, at: Tensor) => table.take(at, 0))
    const at = tensor([0, 7], { dtype: 'int32' })
    expect(() => f(tensor([1, 2, 3]), at)).toThrow(/index 7 is out of range for axis 0 of size 3/)
  })
})

describe('variables in a compiled function', () => {
  test('are read and updated at every call, and keep old values apart', () => {
    const w = new Variable(tensor([1, 2]))
    const step = compile((x: Tensor) => {
      const before = w.value
      w.assign(w.value.add(x))
      w.assign(w.value.multiply(2))
      return { before, after: w.value }
    })
    const start = w.value
    const first = step(tensor([1, 1]))
    const between = w.value
    const second = step(tensor([0, 0]))
    expect(first.before.toArraySync()).toEqual([1, 2])
    expect(first.after.toArraySync()).toEqual([4, 6])
    expect(second.after.toArraySync()).toEqual([8, 12])
    expect(w.value.toArraySync()).toEqual([8, 12])
    expect(start.toArraySync()).toEqual([1, 2])
    expect(between.toArraySync()).toEqual([4, 6])
  })

  test('may swap', () => {
    const [a, b] = [new Variable(tensor([1])), new Variable(tensor([2]))]
    const swap = compile(() => {
      const old = a.value
      a.assign(b.value)
      b.assign(old)
    })
    swap()
    expect([a.value.itemSync(), b.value.itemSync()]).toEqual([2, 1])
    swap()
    expect([a.value.itemSync(), b.value.itemSync()]).toEqual([1, 2])
  })

  test('notice assignments from outside, computed or not', () => {
    const w = new Variable(tensor([1]))
    const double = compile(() => {
      w.assign(w.value.multiply(2))
    })
    double()
    w.assign(w.value.add(5))
    double()
    expect(w.value.itemSync()).toBe(14)
  })

  test('move to another backend with their values', () => {
    const w = new Variable(tensor([1]))
    const double = compile(() => {
      w.assign(w.value.multiply(2))
    })
    double()
    useBackend(referenceBackend())
    double()
    expect(w.value.itemSync()).toBe(4)
  })

  test('may be shared by several compiled functions', () => {
    const w = new Variable(tensor([1]))
    const double = compile(() => {
      w.assign(w.value.multiply(2))
    })
    const read = compile(() => w.value.add(0.5))
    double()
    double()
    expect(read().itemSync()).toBe(4.5)
  })

  test('random draws differ from call to call and repeat after seed', () => {
    const draw = compile(() => uniform([4]))
    seed(7)
    const [first, second] = [draw().toArraySync(), draw().toArraySync()]
    expect(first).not.toEqual(second)
    seed(7)
    expect(draw().toArraySync()).toEqual(first)
  })
})

test('a flag that changes brings another program, and the first one back', () => {
  const training = new Flag(true)
  let runs = 0
  const f = compile((x: Tensor) => {
    runs++
    return training.on ? x.multiply(2) : x
  })
  expect(f(tensor([3])).itemSync()).toBe(6)
  training.on = false
  expect(f(tensor([3])).itemSync()).toBe(3)
  training.on = true
  expect(f(tensor([4])).itemSync()).toBe(8)
  expect(runs).toBe(2)
})

describe('misuse is explained', () => {
  test('an asynchronous function', () => {
    const f = compile(async (x: Tensor) => x)
    expect(() => f(tensor([1]))).toThrow('compile: the function is asynchronous')
  })

  test('reading a value inside', () => {
    const f = compile((x: Tensor) => (x.sum().itemSync() > 0 ? x : x.negate()))
    expect(() => f(tensor([1]))).toThrow('A value was read inside a function that is being compiled')
  })

  test('a tensor that leaves by a side door', () => {
    let leaked: Tensor | undefined
    const f = compile((x: Tensor) => {
      leaked = x.add(1)
      return x
    })
    f(tensor([1]))
    expect(() => leaked!.dataSync()).toThrow()
    expect(() => compile(() => leaked!.add(1))()).toThrow(/used outside of it, where it has no value/)
  })
})

test('old programs are released when there are many', () => {
  const backend = countingBackend()
  useBackend(backend)
  const f = compile((x: Tensor, factor: number) => x.multiply(factor))
  for (let factor = 0; factor < 80; factor++) f(tensor([1]), factor)
  expect(backend.prepared - backend.released).toBe(64)
})
