// How training shows itself, and how it is interrupted.

import type { AnyFigures, Callback, EpochRecord, Run } from 'neurite'
import { isMilestone, openProgress, type ProgressView } from './terminal/progress.ts'
import type { Surroundings } from './terminal/surroundings.ts'

/** Milliseconds between two readings of the figures. */
const shortestBetween = 80

/** Shows loss and accuracy of a training as it goes on, and ends it with `Interrupted` after Ctrl-C, between two steps. */
export class ShownTraining implements Callback {
  readonly #surroundings: Surroundings
  readonly #examples: number
  #progress: ProgressView | undefined
  #begunAt = 0
  #shownAt = Number.NEGATIVE_INFINITY

  /** @param examples that an epoch has. */
  constructor(surroundings: Surroundings, examples: number) {
    this.#surroundings = surroundings
    this.#examples = examples
  }

  onFitStart(): void {
    this.#progress = openProgress(this.#surroundings.output)
    this.#begunAt = performance.now()
  }

  async onStep(run: Run): Promise<void> {
    await this.#surroundings.interruption.check()
    if (this.#surroundings.output.isTTY !== true || performance.now() - this.#shownAt < shortestBetween) return
    this.#shownAt = performance.now()
    this.#show(run, run.epoch - 1 + run.batch / run.batches!, await run.figures())
  }

  onEpochEnd(run: Run, { epoch, training }: EpochRecord): void {
    this.#show(run, epoch, training)
  }

  onFitEnd(): void {
    this.#progress?.close()
  }

  #show({ epoch, epochs, batches }: Run, epochsDone: number, { loss, accuracy }: AnyFigures): void {
    const samplesPerSecond = (1000 * epochsDone * this.#examples) / (performance.now() - this.#begunAt)
    this.#progress?.show({
      done: Math.round(epochsDone * batches!),
      total: epochs * batches!,
      figures: showFigures({ epoch, epochs, loss, accuracy: accuracy as number, samplesPerSecond }),
      isMilestone: epochsDone === epoch && isMilestone(epoch, epochs),
    })
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
