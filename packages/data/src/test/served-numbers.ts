// A worker module for tests: serves numbers in ways that its argument names.

import { tensor } from '@neurite/tensor'
import { tensorDataset } from '../datasets/tensor-dataset.ts'
import { batches } from '../streams/batches.ts'
import { Stream } from '../streams/stream.ts'
import { readCsv } from '../tables/read-csv.ts'
import { type ServedStream, serveStream } from '../worker/serve-stream.ts'

interface Numbers {
  readonly way: 'batches' | 'numbers' | 'mixed' | 'bad row' | 'bad start' | 'function' | 'exit' | 'throw later'
  readonly count: number
}

const served: ServedStream<Numbers, unknown> = serveStream(({ way, count }: Numbers): Stream<unknown> => {
  const numbers = Array.from({ length: count }, (_, i) => i)
  const counting = Stream.from(numbers)
  switch (way) {
    case 'batches':
      return batches(tensorDataset(tensor(Int32Array.from(numbers)), tensor(numbers).multiply(0.5)), {
        batchSize: 3,
        shuffle: true,
        seed: 2,
      })
    case 'numbers':
      return counting.shuffle({ window: 5 })
    case 'mixed':
      return counting.map((n) => ({
        n,
        list: [Uint8Array.of(n, n)],
        text: `${n}`,
        on: true,
        date: new Date(n),
        none: null,
      }))
    case 'bad row':
      return readCsv(new Blob(['a\n1\nx\n']), { columns: { a: 'number' }, name: 'bad.csv' })
    case 'bad start':
      throw new RangeError('no stream today')
    case 'function':
      return counting.map(() => () => {})
    case 'exit':
      return counting.map((n) => (n === 2 ? process.exit(3) : n))
    case 'throw later':
      return counting.map((n) => {
        if (n === 2)
          setTimeout(() => {
            throw new Error('outside of any walk')
          })
        return n === 2 ? new Promise(() => {}) : n
      })
  }
})

export default served
