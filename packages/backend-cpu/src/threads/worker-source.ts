// What a worker runs. It takes part in every run of its pool, and waits in between.

import { abandoned, controlBlock, failures, textBytes } from './control-block.ts'

/** What a worker is given when it starts. */
export interface WorkerStart {
  readonly memory: WebAssembly.Memory
  /** 1, 2, …; 0 where the thread that starts the runs takes no part in them. */
  readonly thread: number
  readonly pool: number
  /** Address of its `threadWords`. */
  readonly words: number
}

/** What workers are told of a program: JSON in front of the bytes of its module. */
export interface ProgramDescription {
  /** Length of the module. */
  readonly bytes: number
  readonly imports: { readonly [name: string]: number }
  /** Functions of `Math`, and others that only the first thread calls. */
  readonly references: readonly string[]
  /** Programs that are needed no more. */
  readonly forgotten: readonly number[]
}

/** The export of a program's module that each thread calls: arena, thread, threads → 0, or what `failures` and faults say. */
export const threadEntry = 'run'

/** The import with the address of the thread's words. */
export const threadWordsImport = 'words'

/** What the first thread, if it is a worker, posts when a job is over. */
export const finishedMessage = 'finished'

/**
 * Of a word, before a thread sleeps: some hundred microseconds. Threads that share a processor while another is idle are parted by the
 * scheduler only if it sees them run: those that sleep at once stay together. Those that poll much longer are in each other's way meanwhile.
 */
export const polls = 100_000

// A text and no function's `toString`, which bundlers and coverage tools would change; a file of its own would have to be found
// beside bundles. Thrown errors become the text of the failure.
export const workerSource: string = `'use strict'
const at = ${JSON.stringify(controlBlock)}
const threads = typeof process === 'object' && process.getBuiltinModule?.('node:worker_threads')
if (threads) serve(threads.workerData, (text) => threads.parentPort.postMessage(text))
else onmessage = ({ data }) => {
  serve(data, (text) => postMessage(text))
  close()
}

function serve({ memory, thread, pool, words }, announce) {
  const control = new Int32Array(memory.buffer, 0, ${controlBlock.text / 4 + 1})
  const programs = new Map()
  const word = (address) => Atomics.load(control, address / 4)
  let seen = word(at.job)
  if (word(at.pool) !== pool) return
  Atomics.store(control, at.ready / 4 + thread, pool)
  announce('ready')
  for (;;) {
    for (let poll = 0; poll < ${polls} && word(at.job) === seen; poll++);
    Atomics.wait(control, at.job / 4, seen)
    if (word(at.job) === seen) continue
    if (word(at.pool) !== pool) return
    seen = word(at.job)
    let status = ${abandoned}
    try {
      if (word(at.description) !== 0) programs.set(word(at.program), receive())
      status = programs.get(word(at.program))(word(at.arena), thread, word(at.threads))
    } catch (error) {
      fail(error)
    }
    if (thread === 0) {
      Atomics.store(control, at.status / 4, status)
      Atomics.store(control, at.finished / 4, seen)
      announce('${finishedMessage}')
    }
  }

  function receive() {
    const length = word(at.descriptionBytes)
    const sent = new Uint8Array(memory.buffer, word(at.description) >>> 0).slice(0, length)
    const end = sent.indexOf(0)
    const { bytes, imports, references, forgotten } = JSON.parse(new TextDecoder().decode(sent.subarray(0, end)))
    for (const program of forgotten) programs.delete(program)
    const refuse = (op) => () => { throw new Error(op + ' is for the first thread.') }
    const operations = Object.fromEntries(references.map((op) => [op, Math[op] ?? refuse(op)]))
    const env = { memory, ${threadWordsImport}: words, ...imports, ...operations }
    const module = new WebAssembly.Module(sent.slice(end + 1, end + 1 + bytes))
    return new WebAssembly.Instance(module, { env }).exports.${threadEntry}
  }

  function fail(error) {
    const text = new TextEncoder().encode(String(error)).subarray(0, ${textBytes})
    const bytes = new Uint8Array(memory.buffer, at.text, 4 + text.length)
    bytes.set(text, 4)
    control[at.text / 4] = text.length
    Atomics.store(control, at.failure / 4, ${failures.threadFailed})
    Atomics.add(control, at.generation / 4, 1)
    Atomics.notify(control, at.generation / 4)
  }
}
`
