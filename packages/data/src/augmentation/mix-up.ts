import { type Tensor, tensor } from '@neurite/tensor'
import type { Batch, Dataset, InMemoryDataset } from '../datasets/dataset.ts'
import { randomOfExample } from '../random/random-of-example.ts'
import type { RandomStream } from '../random/random-stream.ts'

export interface MixUpOptions {
  /** Number of classes. */
  readonly classes: number
  /** Shares are drawn from Beta(alpha, alpha): near 0 hardly anything is mixed, at 1 all shares are alike. From above 0 to 2; 0.2 if not given. */
  readonly alpha?: number
  /** An integer; 0 if not given. */
  readonly seed?: number
}

type Labelled = readonly [inputs: Tensor, labels: Tensor<[number], 'int32'>]

/** Inputs float32 of the same shape, and shares of classes float32 [n, classes]. */
export type MixedFields = readonly [
  inputs: Tensor<[number, ...number[]], 'float32'>,
  shares: Tensor<[number, number], 'float32'>,
]

/**
 * Every example mixed with another, drawn from the whole data set: λ · example + (1 − λ) · other, for inputs and one-hot labels alike (Zhang et al. 2018, "mixup: Beyond
 * Empirical Risk Minimization"). What is drawn goes by `seed`, the epoch and the position, not by the batch.
 * @throws RangeError if `alpha` is not in (0, 2].
 */
export function mixUp(dataset: InMemoryDataset<Labelled>, options: MixUpOptions): InMemoryDataset<MixedFields>
export function mixUp(dataset: Dataset<Labelled>, options: MixUpOptions): Dataset<MixedFields>
export function mixUp(
  dataset: Dataset<Labelled>,
  { classes, alpha = 0.2, seed = 0 }: MixUpOptions,
): Dataset<MixedFields> {
  if (!(alpha > 0 && alpha <= 2)) throw new RangeError(`mixUp: alpha must be above 0 and at most 2; got ${alpha}.`)
  return {
    length: dataset.length,
    take(positions, epoch = 0) {
      const draws = Array.from(positions, (index) => {
        const random = randomOfExample(seed, { epoch, index })
        return { other: random.below(dataset.length), share: drawBeta(alpha, random) }
      })
      const examples = dataset.take(positions, epoch)
      const others = dataset.take(
        draws.map(({ other }) => other),
        epoch,
      )
      const shares = tensor(Float32Array.from(draws, ({ share }) => share))
      const mix = (a: Batch<Labelled>, b: Batch<Labelled>): Batch<MixedFields> => mixBatches(a, b, shares, classes)
      return examples instanceof Promise || others instanceof Promise
        ? Promise.all([examples, others]).then(([a, b]) => mix(a, b))
        : mix(examples, others)
    },
  }
}

function mixBatches(a: Batch<Labelled>, b: Batch<Labelled>, shares: Tensor, classes: number): Batch<MixedFields> {
  const mix = (first: Tensor, second: Tensor): Tensor => {
    const share = shares.reshape([shares.size, ...new Array<number>(first.rank - 1).fill(1)])
    const base = second.cast('float32')
    return base.add(first.cast('float32').subtract(base).multiply(share))
  }
  return [mix(a[0], b[0]), mix(a[1].oneHot(classes), b[1].oneHot(classes))] as Batch<MixedFields>
}

/** A number from Beta(alpha, alpha), by Jöhnk's method (1964), which is quick for small alpha. */
function drawBeta(alpha: number, random: RandomStream): number {
  for (;;) {
    const [x, y] = [random.uniform() ** (1 / alpha), random.uniform() ** (1 / alpha)]
    // With a very small alpha both can be 0.
    if (x + y > 0 && x + y <= 1) return x / (x + y)
  }
}
