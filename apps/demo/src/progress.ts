import { SingleBar } from 'cli-progress'

/** How training stands. */
export interface TrainingProgress {
  /** Steps done and to do, over all epochs. */
  readonly step: number
  readonly steps: number
  readonly epoch: number
  readonly epochs: number
  /** Mean loss and share of right answers of the epoch so far. */
  readonly loss: number
  readonly accuracy: number
  readonly samplesPerSecond: number
  readonly epochEnds: boolean
}

/** Shows training as it goes on. */
export interface ProgressView {
  show(progress: TrainingProgress): void
  /** Leaves the terminal as it was found. */
  close(): void
}

export interface ProgressOutput {
  write(text: string): unknown
  readonly isTTY?: boolean
}

/** A live bar on a terminal; elsewhere plain lines, ten at most. */
export function openProgress(output: ProgressOutput): ProgressView {
  return output.isTTY === true ? liveBar(output as NodeJS.WriteStream) : plainLines(output)
}

function liveBar(stream: NodeJS.WriteStream): ProgressView {
  const bar = new SingleBar({
    stream,
    format: '  {bar} {figures}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 14,
    fps: 12,
    hideCursor: true,
    // Signals are the demo's business; cli-progress would end the process.
    gracefulExit: false,
  })
  let started = false
  return {
    show(progress): void {
      const payload = { figures: showFigures(progress) }
      if (!started) bar.start(progress.steps, 0, payload)
      started = true
      bar.update(progress.step, payload)
    },
    close(): void {
      if (started) bar.stop()
    },
  }
}

const mostLines = 10

function plainLines(output: ProgressOutput): ProgressView {
  return {
    show(progress): void {
      const { epoch, epochs, epochEnds } = progress
      const isShown = epoch === epochs || epoch % Math.ceil(epochs / mostLines) === 0
      if (epochEnds && isShown) output.write(`  ${showFigures(progress)}\n`)
    },
    close(): void {},
  }
}

/** `epoch 2/8  loss 0.1235  accuracy 96.1 %  8,123 samples/s` */
export function showFigures({ epoch, epochs, loss, accuracy, samplesPerSecond }: TrainingProgress): string {
  return [
    `epoch ${epoch}/${epochs}`,
    `loss ${loss.toFixed(4)}`,
    `accuracy ${(100 * accuracy).toFixed(1)} %`,
    `${Math.round(samplesPerSecond).toLocaleString('en')} samples/s`,
  ].join('  ')
}
