// Workers of Node, Deno and Bun (`node:worker_threads`), and those of pages, in one form.

/** The other side of a worker. */
export interface MessagePort {
  post(message: unknown, transfer?: readonly ArrayBuffer[]): void
  listen(listener: (message: unknown) => void): void
}

export interface RunningWorker extends MessagePort {
  /** Whether the process waits for it. */
  hold(isHeld: boolean): void
  onEnd(listener: (reason: string, cause?: unknown) => void): void
  terminate(): Promise<void>
}

/** A worker as `node:worker_threads` has it. */
export interface NodeWorker {
  postMessage(message: unknown, transfer?: readonly ArrayBuffer[]): void
  // biome-ignore lint/suspicious/noExplicitAny: Node's events have listeners of many kinds.
  on(event: string, listener: (value: any) => void): unknown
  ref(): void
  unref(): void
  terminate(): Promise<number>
}

interface WorkerThreads {
  readonly Worker: new (address: URL) => NodeWorker
  readonly parentPort: Pick<NodeWorker, 'postMessage' | 'on'> | null
}

// Asked for at run time, so that bundles for pages do not contain it.
function workerThreads(): WorkerThreads | undefined {
  const { process } = globalThis as { readonly process?: { getBuiltinModule?(name: string): unknown } }
  return process?.getBuiltinModule?.('node:worker_threads') as WorkerThreads | undefined
}

/** The thread that started this one. @throws Error if this is no worker. */
export function parentThread(): MessagePort {
  const parent = workerThreads()?.parentPort
  if (parent)
    return {
      post: (message, transfer) => parent.postMessage(message, transfer),
      listen: (listener) => void parent.on('message', listener),
    }
  const scope = globalThis as unknown as Worker & { readonly document?: unknown }
  if (workerThreads() !== undefined || scope.document !== undefined || typeof scope.postMessage !== 'function')
    throw new Error('serveStream: this is no worker; the module is to be started by workerStream, not imported.')
  return webPort(scope)
}

function webPort(worker: Worker): MessagePort {
  return {
    post: (message, transfer = []) => worker.postMessage(message, [...transfer]),
    listen: (listener) => worker.addEventListener('message', ({ data }) => listener(data)),
  }
}

export function startWorker(worker: URL | Worker | NodeWorker): RunningWorker {
  if (!(worker instanceof URL)) return 'ref' in worker ? nodeWorker(worker) : webWorker(worker)
  const threads = workerThreads()
  return threads === undefined
    ? webWorker(new Worker(worker, { type: 'module' }))
    : nodeWorker(new threads.Worker(worker))
}

function nodeWorker(worker: NodeWorker): RunningWorker {
  worker.unref()
  return {
    post: (message, transfer) => worker.postMessage(message, transfer),
    listen: (listener) => void worker.on('message', listener),
    hold: (isHeld) => (isHeld ? worker.ref() : worker.unref()),
    onEnd(listener) {
      worker.on('error', (error: Error) => listener(`has failed: ${error.message}`, error))
      worker.on('exit', (code: number) => listener(`has ended with code ${code}`))
    },
    terminate: async () => void (await worker.terminate()),
  }
}

function webWorker(worker: Worker): RunningWorker {
  return {
    ...webPort(worker),
    hold: () => {},
    onEnd(listener) {
      worker.addEventListener('error', (event) => listener(`has failed: ${event.message ?? 'it cannot be loaded'}`))
    },
    terminate: async () => worker.terminate(),
  }
}
