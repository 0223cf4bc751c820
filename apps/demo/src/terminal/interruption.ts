import { setImmediate } from 'node:timers/promises'
import { DemoError } from '../demo-error.ts'

/** Ctrl-C asked the demo to end. */
export class Interrupted extends DemoError {}

/** What the shell expects of a process that SIGINT ended: 128 + 2. */
export const interruptedExitCode = 130

const longestWithoutListening = 50

/** Notices Ctrl-C and lets work stop at a point of its own choosing. */
export interface Interruption {
  /**
   * Gives the event loop a turn, if it had none for a while, so that a signal can arrive.
   * @throws Interrupted if one has.
   */
  check(): Promise<void>
  /** Leaves SIGINT to Node again. */
  stopListening(): void
}

export function listenForInterruption(source: NodeJS.EventEmitter = process): Interruption {
  let interrupted = false
  let listenedAt = performance.now()
  const onSignal = (): void => {
    interrupted = true
  }
  source.on('SIGINT', onSignal)
  return {
    async check(): Promise<void> {
      if (performance.now() - listenedAt > longestWithoutListening) {
        await setImmediate()
        listenedAt = performance.now()
      }
      if (interrupted) throw new Interrupted('Interrupted.')
    },
    stopListening: () => void source.off('SIGINT', onSignal),
  }
}
