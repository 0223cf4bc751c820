// What the pages of `data-in-pages.test.ts` load: data from addresses, in this thread and in a worker.

import { decodeImage, readIdx, readTable, workerStream } from '../../index.ts'

/** What the test can ask a page for. Files are named as the server has them. */
export interface DataProgram {
  /** The numbers of a column, or the error's message. */
  column(file: string, name: string): Promise<number[] | string>
  idx(file: string): Promise<{ shape: readonly number[]; values: number[] }>
  pixels(file: string): Promise<{ shape: readonly number[]; values: number[] }>
  /** The rows that a worker reads: their numbers, and of each the tensor that came along; then the error's message, if any. */
  rowsOfWorker(file: string): Promise<{ rows: number[][]; error?: string }>
}

const addressOf = (file: string): URL => new URL(file, location.href)

const program: DataProgram = {
  column: (file, name) =>
    readTable(addressOf(file)).then(
      (table) => Array.from(table.numbers(name)),
      ({ message }: Error) => message,
    ),
  idx: async (file) => {
    const { shape, data } = await readIdx(addressOf(file))
    return { shape, values: Array.from(data) }
  },
  pixels: async (file) => {
    const response = await fetch(addressOf(file))
    const { channels, height, width, pixels } = await decodeImage(new Uint8Array(await response.arrayBuffer()))
    return { shape: [channels, height, width], values: Array.from(pixels) }
  },
  async rowsOfWorker(file) {
    const rows: number[][] = []
    const stream = workerStream<typeof import('./numbers.worker.ts').default>(
      () => new Worker('/numbers.worker.js', { type: 'module' }),
      { argument: addressOf(file).href },
    )
    try {
      for await (const { x, squares } of stream) rows.push([x, ...(await squares.data())])
      return { rows }
    } catch (error) {
      return { rows, error: (error as Error).message }
    } finally {
      await stream.terminate()
    }
  },
}
Object.assign(globalThis, { program })
