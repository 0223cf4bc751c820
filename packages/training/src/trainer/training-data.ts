// Where batches come from, epoch by epoch.

/** Something to be walked through, with or without waiting. */
export type Walk<Batch> = Iterable<Batch | Promise<Batch>> | AsyncIterable<Batch>

/** Batches that know how far they have been walked, as the streams of @neurite/data do: every walk is the next epoch. */
export type ResumableData<Batch> = Walk<Batch> & {
  /** How far the walk is, in plain JSON; the batch handed out last counts as done. */
  state(): unknown
  /** Lets the next walk go on from there. */
  resume(state: never): unknown
}

/** Batches that know the order of each epoch by its number, from 0: the same ones whenever they are asked for. */
export interface EpochedData<Batch> {
  epoch(number: number): Walk<Batch>
}

/**
 * Batches that can be walked through again for every epoch; a `length` tells how many there are. A run resumes exactly if the data is
 * resumable or knows its epochs, or else gives the same batches in every walk.
 */
export type TrainingData<Batch> = (ResumableData<Batch> | EpochedData<Batch> | Walk<Batch>) & {
  readonly length?: number
}

/** How far into the data training is. */
export interface DataPlace {
  /** Counted from 0. */
  readonly epoch: number
  /** Batches of the epoch that are done. */
  readonly batch: number
  /** Of resumable data that is not where it was left. */
  readonly state: unknown
}

/** The number of batches in an epoch, where the data says it. */
export function lengthOf(data: TrainingData<unknown>): number | undefined {
  return typeof data.length === 'number' ? data.length : undefined
}

/** The state of resumable data, to be kept; undefined of other data. */
export function stateOf(data: TrainingData<unknown>): unknown {
  return isResumable(data) ? data.state() : undefined
}

/**
 * Calls `work` with every batch of an epoch that is not done yet, and waits for it where it returns a promise.
 * @throws Error if there are no batches, or fewer than are said to be done.
 */
export async function forEachBatch<Batch>(
  data: TrainingData<Batch>,
  place: DataPlace,
  work: (batch: Batch) => Promise<void> | undefined,
): Promise<void> {
  const { epoch, batch: done, state } = place
  let walk: Walk<Batch>
  let skipped = 0
  if (isResumable<Batch>(data)) {
    if (state !== undefined) data.resume(state as never)
    walk = data
  } else {
    walk = 'epoch' in data ? data.epoch(epoch) : data
    skipped = done
  }
  const seen = await walkThrough(walk, skipped, work)
  if (seen === 0 && done === 0)
    throw new Error(
      `Trainer: the data has no batches in epoch ${epoch + 1}. An iterator that can be walked through only once? ` +
        'Give `batches(…)`, or something that begins anew.',
    )
  if (seen < skipped)
    throw new Error(
      `Trainer: the data has ${seen} batches in epoch ${epoch + 1}, but ${skipped} of them are done. ` +
        'Resume with the data and batch size of the first run.',
    )
}

/** Calls `work` with the batches of a walk that does not count as an epoch: for evaluations and predictions. */
export async function forEachOnce<Batch>(
  data: TrainingData<Batch>,
  work: (batch: Batch) => Promise<void> | undefined,
): Promise<void> {
  const seen = await walkThrough(walkOnce(data), 0, work)
  if (seen === 0) throw new Error('Trainer: the data to evaluate on has no batches.')
}

/** A walk that does not count as an epoch, where the data knows the difference. */
export function walkOnce<Batch>(data: TrainingData<Batch>): Walk<Batch> {
  return 'epoch' in data ? data.epoch(0) : data
}

async function walkThrough<Batch>(
  walk: Walk<Batch>,
  skipped: number,
  work: (batch: Batch) => Promise<void> | undefined,
): Promise<number> {
  let seen = 0
  // Batches at hand are walked through without a promise for each, which small steps would feel.
  if (Symbol.iterator in walk)
    for (const next of walk) {
      const batch = next instanceof Promise ? await next : next
      const waiting = seen++ < skipped ? undefined : work(batch)
      if (waiting !== undefined) await waiting
    }
  else for await (const batch of walk) if (seen++ >= skipped) await work(batch)
  return seen
}

function isResumable<Batch>(data: TrainingData<Batch>): data is ResumableData<Batch> {
  return 'resume' in data && 'state' in data
}
