import type { Tensor } from '@neurite/tensor'

/** A field of many examples, or of a batch of `B`: its first axis counts examples. */
export type WithBatchSize<Field, B extends number> =
  Field extends Tensor<infer S, infer D>
    ? S extends readonly [number, ...infer Rest extends readonly number[]]
      ? Tensor<[B, ...Rest], D>
      : Tensor<[B, ...number[]], D>
    : never

/** One tensor for each field, with `B` examples along its first axis. */
export type Batch<Fields extends readonly Tensor[], B extends number = number> = {
  [K in keyof Fields]: WithBatchSize<Fields[K], B>
}

/**
 * Numbered examples, fetched many at a time. `Fields` is the tuple of an example's parts: images and labels, say.
 * Data that comes from somewhere slow gives promises.
 */
export interface Dataset<Fields extends readonly Tensor[]> {
  /** Number of examples. */
  readonly length: number
  /**
   * The examples at the positions, in their order. Examples that are drawn anew in every epoch, as augmented ones, go by `epoch`,
   * 0 if not given; others are always the same.
   */
  take(positions: ArrayLike<number>, epoch?: number): Batch<Fields> | Promise<Batch<Fields>>
}

/** A data set whose examples are at hand: nothing to wait for. */
export interface InMemoryDataset<Fields extends readonly Tensor[]> extends Dataset<Fields> {
  take(positions: ArrayLike<number>, epoch?: number): Batch<Fields>
}
