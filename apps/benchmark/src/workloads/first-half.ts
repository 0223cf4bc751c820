import type { Loss, TrainingWork, Values, Work } from './workload.ts'

/**
 * Training on the first half of the batch.
 * @throws Error for other work
 */
export function firstHalf(work: Work): TrainingWork {
  if (work.kind !== 'training') throw new Error(`firstHalf: there are no batches in ${work.kind}.`)
  return {
    ...work,
    inputs: halfOf<Float32Array | Int32Array>(work.inputs) as TrainingWork['inputs'],
    loss: { ...work.loss, targets: halfOf<Float32Array | Int32Array>(work.loss.targets) } as Loss,
  }
}

function halfOf<Data extends Float32Array | Int32Array>({
  shape: [length, ...rest],
  data,
}: Values<Data>): Values<Data> {
  const half = Math.ceil(length! / 2)
  return { shape: [half, ...rest], data: data.slice(0, (data.length / length!) * half) as Data }
}
