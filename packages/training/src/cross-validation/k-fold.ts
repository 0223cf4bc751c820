import { RandomStream } from '@neurite/data'

export interface KFoldOptions {
  /** Parts, at least 2. Default 5. */
  readonly folds?: number
  /** Whether examples are dealt at random (default) or in their order. */
  readonly shuffle?: boolean
  /** An integer: the same seed deals the same way. Default 0. */
  readonly seed?: number
  /** The class of every example: each fold then has nearly the same share of each class. */
  readonly stratifyBy?: ArrayLike<number>
}

/** Positions of examples. */
export interface Fold {
  readonly training: readonly number[]
  readonly validation: readonly number[]
}

/**
 * Deals `length` examples into folds that differ in size by one at most. Each fold is validated on once, and trained on where it is
 * not (Stone 1974; stratified: Kohavi 1995).
 * @throws RangeError if there are fewer than 2 folds or more folds than examples, or labels for another number of examples.
 */
export function kFold(length: number, options: KFoldOptions = {}): Fold[] {
  const { folds = 5, shuffle = true, seed = 0, stratifyBy } = options
  if (!Number.isInteger(folds) || folds < 2 || folds > length)
    throw new RangeError(`kFold: folds is ${folds}; it must be an integer from 2 to ${length}, the number of examples.`)
  if (stratifyBy !== undefined && stratifyBy.length !== length)
    throw new RangeError(`kFold: stratifyBy has ${stratifyBy.length} labels for ${length} examples.`)
  const order = Array.from({ length }, (_, position) => position)
  if (shuffle) new RandomStream(seed).shuffle(order)
  // Sorted by class, every class is dealt as evenly as all examples together; the sort keeps the order within a class.
  if (stratifyBy !== undefined) order.sort((a, b) => stratifyBy[a]! - stratifyBy[b]!)
  const foldOf = (place: number): number =>
    stratifyBy === undefined ? Math.floor((place * folds) / length) : place % folds
  return Array.from({ length: folds }, (_, fold) => ({
    training: order.filter((_, place) => foldOf(place) !== fold),
    validation: order.filter((_, place) => foldOf(place) === fold),
  }))
}
