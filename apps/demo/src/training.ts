// The loop in which both networks learn.

import type { Optimizer, Tensor } from 'neurite'
import { isMilestone, openProgress } from './terminal/progress.ts'
import type { Surroundings } from './terminal/surroundings.ts'

/** How a network did on a batch: its mean loss, and the share of its answers that are right. */
export interface BatchFigures {
  readonly loss: Tensor<[]>
  readonly accuracy: Tensor<[]>
}

export interface Training<Inputs extends Tensor, Targets extends Tensor> {
  readonly batches: Iterable<readonly [Inputs, Targets]> & { readonly length: number }
  readonly epochs: number
  /** Its learning rate falls, step by step, from what it is to 0. */
  readonly optimizer: Optimizer
  /** Learns from a batch. */
  step(inputs: Inputs, targets: Targets): BatchFigures
}

/** Makes a step with every batch of every epoch, and shows how it goes. */
export async function trainInEpochs<Inputs extends Tensor, Targets extends Tensor>(
  { batches, epochs, optimizer, step }: Training<Inputs, Targets>,
  { output, interruption }: Surroundings,
): Promise<void> {
  const progress = openProgress(output)
  const steps = epochs * batches.length
  const firstLearningRate = optimizer.learningRate
  const start = performance.now()
  let [stepsDone, samples] = [0, 0]
  try {
    for (let epoch = 1; epoch <= epochs; epoch++) {
      let [batchesDone, loss, accuracy] = [0, 0, 0]
      for (const [inputs, targets] of batches) {
        await interruption.check()
        optimizer.learningRate = firstLearningRate * (1 - stepsDone / steps)
        const figures = step(inputs, targets)
        loss += await figures.loss.item()
        accuracy += await figures.accuracy.item()
        samples += inputs.shape[0]
        stepsDone++
        batchesDone++
        const line = showFigures({
          epoch,
          epochs,
          loss: loss / batchesDone,
          accuracy: accuracy / batchesDone,
          samplesPerSecond: (1000 * samples) / (performance.now() - start),
        })
        const endsEpoch = batchesDone === batches.length
        progress.show({
          done: stepsDone,
          total: steps,
          figures: line,
          isMilestone: endsEpoch && isMilestone(epoch, epochs),
        })
      }
    }
  } finally {
    progress.close()
  }
}

interface TrainingFigures {
  readonly epoch: number
  readonly epochs: number
  /** Mean loss and share of right answers of the epoch so far. */
  readonly loss: number
  readonly accuracy: number
  readonly samplesPerSecond: number
}

/** `epoch 2/8  loss 0.1235  accuracy 96.1 %  8,123 samples/s` */
export function showFigures({ epoch, epochs, loss, accuracy, samplesPerSecond }: TrainingFigures): string {
  return [
    `epoch ${epoch}/${epochs}`,
    `loss ${loss.toFixed(4)}`,
    `accuracy ${(100 * accuracy).toFixed(1)} %`,
    `${Math.round(samplesPerSecond).toLocaleString('en')} samples/s`,
  ].join('  ')
}
