import type { Json } from '../streams/cursor.ts'

/** What the thread that walks asks of the worker. Walks are told apart by numbers. */
export type WorkerRequest =
  | { readonly kind: 'start'; readonly argument: unknown }
  /** Begin a walk, and give so many items. */
  | { readonly kind: 'open'; readonly walk: number; readonly epoch: number; readonly at: Json; readonly items: number }
  /** Give one item more. */
  | { readonly kind: 'more'; readonly walk: number }
  | { readonly kind: 'close'; readonly walk: number }

/** What the worker answers. */
export type WorkerReply =
  | { readonly kind: 'ready' }
  /** The walk has begun, and stands there. */
  | { readonly kind: 'opened'; readonly walk: number; readonly at: Json }
  | { readonly kind: 'item'; readonly walk: number; readonly item: unknown; readonly at: Json }
  | { readonly kind: 'end'; readonly walk: number; readonly at: Json }
  | { readonly kind: 'error'; readonly walk: number; readonly error: SentError }
  | { readonly kind: 'closed'; readonly walk: number }

/** An error as it crosses: classes do not. */
export interface SentError {
  readonly name: string
  readonly message: string
  readonly stack: string | undefined
  /** Of a bad row. */
  readonly row?: {
    readonly file: string
    readonly line: number
    readonly column: string | undefined
    readonly problem: string
  }
}
