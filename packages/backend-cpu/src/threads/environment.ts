// What the environment has of threads. Node, Deno and Bun know `node:worker_threads`; pages and their workers have Web Workers.

import { finishedMessage, type WorkerStart } from './worker-source.ts'

/** A thread of the environment. It does not keep the process alive unless it is held. */
export interface WorkerThread {
  hold(isHeld: boolean): void
  terminate(): void
}

export interface WorkerListener {
  /** It is about to wait for jobs. */
  onReady(): void
  /** As the first thread, it has finished a job. */
  onFinished(): void
  /** It could not start, or has ended. */
  onEnd(reason: string): void
}

/** Starts a worker on a source text; throws if the environment refuses. */
export type StartWorker = (source: string, start: WorkerStart, listener: WorkerListener) => WorkerThread

/** Whether there can be other threads, with memory that they share: not in pages that are not cross-origin isolated. */
export function canHaveThreads(): boolean {
  return typeof SharedArrayBuffer !== 'undefined' && startWorkerHere() !== undefined
}

/** Whether this thread may wait for others. That of a page may not. */
export function canWaitForThreads(): boolean {
  try {
    // Where waiting is forbidden, this throws though the value is another.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1, 0)
    return true
  } catch {
    return false
  }
}

/** How workers are started here; undefined where they cannot be. */
export function startWorkerHere(): StartWorker | undefined {
  // Node's module of threads is asked for when there is work for them: it takes milliseconds to load.
  if (hostProcess()?.getBuiltinModule !== undefined) return startNodeWorker
  return typeof Worker === 'function' && typeof Blob === 'function' ? startWebWorker : undefined
}

/** Processors that the environment speaks of, and whether it is a browser. */
export function processors(): { readonly count: number; readonly isBrowser: boolean } {
  const system = builtinModule<{ availableParallelism(): number }>('node:os')
  if (system !== undefined) return { count: system.availableParallelism(), isBrowser: false }
  return { count: typeof navigator === 'undefined' ? 1 : (navigator.hardwareConcurrency ?? 1), isBrowser: true }
}

interface NodeWorker {
  on(event: string, listener: (value: unknown) => void): void
  ref(): void
  unref(): void
  terminate(): Promise<number>
}

interface NodeThreads {
  readonly Worker: new (source: string, options: object) => NodeWorker
}

interface HostProcess {
  getBuiltinModule?(name: string): unknown
}

function hostProcess(): HostProcess | undefined {
  return (globalThis as { readonly process?: HostProcess }).process
}

// Asked for at run time, so that bundles for pages do not contain it.
function builtinModule<Module>(name: string): Module | undefined {
  return hostProcess()?.getBuiltinModule?.(name) as Module | undefined
}

const startNodeWorker: StartWorker = (source, start, { onReady, onFinished, onEnd }) => {
  const threads = builtinModule<NodeThreads>('node:worker_threads')
  if (threads === undefined) throw new Error('node:worker_threads is missing.')
  // Without the options of the process: it may have been started with loaders that a worker would start as well.
  const worker = new threads.Worker(source, {
    eval: true,
    execArgv: [],
    workerData: start,
    name: `neurite ${start.thread}`,
  })
  worker.on('message', (text) => (text === finishedMessage ? onFinished() : onReady()))
  worker.on('error', (error) => onEnd(String(error)))
  worker.on('exit', () => onEnd('it has ended.'))
  worker.unref()
  return {
    hold: (isHeld) => (isHeld ? worker.ref() : worker.unref()),
    terminate: () => void worker.terminate(),
  }
}

const startWebWorker: StartWorker = (source, start, { onReady, onFinished, onEnd }) => {
  const address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }))
  const worker = new Worker(address, { name: `neurite ${start.thread}` })
  worker.onmessage = ({ data }): void => {
    URL.revokeObjectURL(address)
    if (data === finishedMessage) onFinished()
    else onReady()
  }
  worker.onerror = ({ message }): void => onEnd(message)
  worker.postMessage(start)
  return { hold: () => {}, terminate: () => worker.terminate() }
}
