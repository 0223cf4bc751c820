// Every workload with every library: one run, against a formula or a loss known from elsewhere.

import { beforeAll, describe, expect, test } from 'vitest'
import { workloads } from '../workloads/index.ts'
import type { ElementwiseChainWork, MatmulWork, Workload } from '../workloads/workload.ts'
import { libraries } from './index.ts'
import type { Library } from './library.ts'

/** What a peer is known not to do, by library and workload. */
const unable: Readonly<Record<string, string>> = {
  'tfjs-wasm cnn-step': "Kernel 'Conv2DBackpropFilter' not registered for backend 'wasm'",
}

describe.each(libraries)('$name', ({ name, open }) => {
  let library: Library
  beforeAll(async () => {
    library = await open()
  })

  test('says its threads and version', () => {
    expect(library.threads).toBe(1)
    expect(library.version).not.toBe('')
  })

  test.each(workloads)('$name', async (workload) => {
    const task = library.prepare(workload.make())
    const refusal = unable[`${name} ${workload.name}`]
    if (refusal !== undefined) {
      expect(() => task.run()).toThrow(refusal)
      return
    }
    const result = await task.run()
    if (typeof result === 'number') expect(result).toBeCloseTo(workload.knownLosses![1]!, 4)
    else expectElements(result, workload)
    task.close()
  })
})

function expectElements(result: Float32Array, workload: Workload): void {
  const work = workload.make() as MatmulWork | ElementwiseChainWork
  const element = work.kind === 'matmul' ? productElement(work) : chainElement(work)
  expect(result).toHaveLength(work.kind === 'matmul' ? work.left.shape[0]! ** 2 : work.x.shape[0]!)
  // A prime step visits all rows and columns, and the last element.
  for (let place = result.length - 1; place >= 0; place -= 997) expect(result[place]).toBeCloseTo(element(place), 3)
}

function productElement({ left, right }: MatmulWork): (place: number) => number {
  const size = left.shape[0]!
  return (place) => {
    const [row, column] = [Math.floor(place / size), place % size]
    let sum = 0
    for (let k = 0; k < size; k++) sum += left.data[row * size + k]! * right.data[k * size + column]!
    return sum
  }
}

function chainElement({ x, a, b }: ElementwiseChainWork): (place: number) => number {
  return (place) => {
    const [xi, ai, bi] = [x.data[place]!, a.data[place]!, b.data[place]!]
    return Math.tanh(xi * ai + bi) / (1 + Math.exp(-xi))
  }
}
