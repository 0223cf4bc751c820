import type { FunctionWriter } from '../wasm/function-writer.ts'
import { Accumulator, type Reduction } from './accumulator.ts'
import { FloatExtremum } from './float-extremum.ts'

/** What a reduction has found so far: of one value after the other, or of four lanes at once. */
export interface RunningTotal {
  start(): void
  /** Starts where another one of the same reduction stands: less code. */
  startAs(other: RunningTotal): void
  /** Pops a value (or four) and joins it. `pushPlace` pushes where it stands, which only `argMax` asks. */
  join(pushPlace: () => void): void
  /** Joins what another one of the same reduction has found. */
  joinOther(other: RunningTotal): void
  /** Joins the four lanes; afterwards lane 0 holds the total. */
  joinLanes(): void
  /** Pushes what was found, in the representation of its dtype; of a vector, lane 0 or (`lanes`) all. */
  pushResult(options?: { readonly lanes?: boolean }): void
  release(): void
}

/** A running total that suits a reduction. */
export function runningTotal(code: FunctionWriter, reduction: Reduction, isVector: boolean): RunningTotal {
  const { combine, dtype } = reduction
  const isExtremum = combine === 'maximum' || combine === 'minimum'
  return isVector && isExtremum && dtype === 'float32'
    ? new FloatExtremum(code, combine)
    : new Accumulator(code, reduction, isVector)
}
