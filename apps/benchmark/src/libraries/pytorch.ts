// PyTorch, in a process of Python that answers every line of JSON with another. It times its runs itself.

import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Work } from '../workloads/workload.ts'
import type { Library, Result, Task } from './library.ts'

const script = fileURLToPath(new URL('../../python/pytorch_peer.py', import.meta.url))

/** @throws Error if there is no such Python, or no PyTorch in it. */
export async function openPytorch(python: string): Promise<Library> {
  const startedAt = performance.timeOrigin + performance.now()
  const peer = new PythonPeer(python)
  const { version } = await peer.ask<{ version: string }>({ do: 'describe' })
  return {
    threads: 1,
    version,
    prepare: (work) => prepare(peer, work),
    async process() {
      return { startedAt, ...(await peer.ask<{ residentBytes: number; peakBytes: number }>({ do: 'memory' })) }
    },
    close: () => peer.end(),
  }
}

async function prepare(peer: PythonPeer, work: Work): Promise<Task> {
  const { task } = await peer.ask<{ task: number }>({ do: 'prepare', work: encoded(work) })
  return {
    async run(): Promise<Result> {
      const { loss, float32 } = await peer.ask<{ loss?: number; float32?: string }>({ do: 'run', task })
      return loss ?? numbersOf(float32!)
    },
    timeOfRun: async (repetitions) =>
      (await peer.ask<{ milliseconds: number }>({ do: 'time', task, repetitions })).milliseconds,
    close: () => void peer.ask({ do: 'close', task }).catch(() => {}),
  }
}

/** With base64 for arrays. */
function encoded(work: Work): unknown {
  return JSON.parse(
    JSON.stringify(work, (_, value) =>
      value instanceof Float32Array || value instanceof Int32Array
        ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64')
        : value,
    ),
  )
}

function numbersOf(base64: string): Float32Array {
  // A copy, since a Buffer may begin anywhere.
  return new Float32Array(new Uint8Array(Buffer.from(base64, 'base64')).buffer)
}

type Reply = { readonly error?: string }

/** For the libraries of matrices below PyTorch, which have threads of their own that poll on after a product. */
const oneThread = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' }

class PythonPeer {
  readonly #process: ChildProcess
  readonly #waiting: { resolve(reply: Reply): void; reject(error: Error): void }[] = []
  #ended: Error | undefined

  constructor(python: string) {
    this.#process = spawn(python, [script], {
      env: { ...process.env, ...oneThread },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    let complaint = ''
    this.#process.stderr!.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(-2000)
    })
    this.#process.on('error', (error) => this.#fail(new Error(`${python} does not start: ${error.message}`)))
    this.#process.on('close', (code) => {
      const last = complaint.trim().split('\n').at(-1)
      this.#fail(new Error(`${python} has ended with code ${code}${last ? `: ${last}` : ''}`))
    })
    // What is written after its end is said by 'close'.
    this.#process.stdin!.on('error', () => {})
    createInterface({ input: this.#process.stdout! }).on('line', (line) =>
      this.#waiting.shift()!.resolve(JSON.parse(line)),
    )
  }

  /** @throws Error with what Python says is wrong. */
  async ask<Answer extends object>(request: object): Promise<Answer> {
    if (this.#ended !== undefined) throw this.#ended
    const reply = await new Promise<Reply>((resolve, reject) => {
      this.#waiting.push({ resolve, reject })
      this.#process.stdin!.write(`${JSON.stringify(request)}\n`)
    })
    if (reply.error !== undefined) throw new Error(reply.error)
    return reply as Answer
  }

  end(): void {
    this.#process.stdin!.end()
  }

  #fail(error: Error): void {
    this.#ended ??= error
    for (const { reject } of this.#waiting.splice(0)) reject(this.#ended)
  }
}
