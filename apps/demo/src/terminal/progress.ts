import { SingleBar } from 'cli-progress'

/** How something that takes a while stands. */
export interface Progress {
  readonly done: number
  readonly total: number
  /** What there is to say of it, in a short line. */
  readonly figures: string
  /** Worth a line of its own where there is no bar. */
  readonly isMilestone: boolean
}

/** Shows something as it goes on. */
export interface ProgressView {
  show(progress: Progress): void
  /** Leaves the terminal as it was found. */
  close(): void
}

export interface ProgressOutput {
  write(text: string): unknown
  readonly isTTY?: boolean
}

/** A live bar on a terminal; elsewhere a plain line for each milestone. */
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
    show({ done, total, figures }): void {
      if (!started) bar.start(total, 0, { figures })
      started = true
      bar.update(done, { figures })
    },
    close(): void {
      if (started) bar.stop()
    },
  }
}

function plainLines(output: ProgressOutput): ProgressView {
  return {
    show({ figures, isMilestone }): void {
      if (isMilestone) output.write(`  ${figures}\n`)
    },
    close(): void {},
  }
}

const mostMilestones = 10

/** Of `total` rounds those to show where every one would be too many: ten at most, the last one always. */
export function isMilestone(round: number, total: number): boolean {
  return round === total || round % Math.ceil(total / mostMilestones) === 0
}
