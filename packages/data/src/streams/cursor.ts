/** What JSON holds. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** Where a walk begins: an epoch, and how far in it; at its start if `at` is null or not given. */
export interface Place {
  readonly epoch: number
  readonly at?: Json
}

/** One walk through a stream. Its methods are called one at a time: no `next` before the last one has settled. */
export interface Cursor<Item> {
  next(): Promise<IteratorResult<Item, undefined>>
  /** How far the walk has come: a cursor opened there goes on with the item that `next` would give now. */
  state(): Json
  /** Frees what the walk holds: files, workers. Nothing is asked of a closed cursor but its state. */
  close(): Promise<void>
}

/** Begins a walk. The same place gives the same items. */
export type OpenCursor<Item> = (place: Place) => Cursor<Item> | Promise<Cursor<Item>>

/** What ends a walk. */
export const ended: IteratorReturnResult<undefined> = { done: true, value: undefined }

/**
 * The fields of a saved state that `step` wrote; undefined at the start of an epoch.
 * @throws RangeError if another kind of step wrote it: the stream is not the one that was saved.
 */
export function savedFields<Fields extends { readonly [key: string]: Json }>(
  step: string,
  at: Json | undefined,
): Fields | undefined {
  if (at === undefined || at === null) return undefined
  if (typeof at === 'object' && !Array.isArray(at) && step in at)
    return (at as { readonly [key: string]: Json })[step] as Fields
  throw new RangeError(
    `resume: the stream has ${step} where the saved one has ${savedStep(at)}; it must be built as it was when its state was saved.`,
  )
}

function savedStep(at: Json): string {
  return typeof at === 'object' && at !== null ? (Object.keys(at)[0] ?? 'nothing') : JSON.stringify(at)
}

/** The place from which the step before goes on. */
export function placeBefore(place: Place, at: Json | undefined): Place {
  return at === undefined ? { epoch: place.epoch } : { epoch: place.epoch, at }
}
