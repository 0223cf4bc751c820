import type { Index } from '@neurite/compiler/kernel'
import { pushSplatConstant } from '../expression/constants.ts'
import type { ExpressionEmitter } from '../expression/expression-emitter.ts'
import { pushAffineLanes } from '../expression/guard-emission.ts'
import { pushSum, vectorStride } from '../expression/index-emission.ts'
import type { ResultLocals, VectorPosition } from '../expression/vector-position.ts'
import * as opcode from '../wasm/opcodes.ts'
import { neutralElement } from './accumulator.ts'
import type { Blocks } from './counted-loop.ts'
import { type Lanes, ownLoops } from './loop-nest.ts'
import { type RunningTotal, runningTotal } from './running-total.ts'
import type { NumberedReduce, ReduceGroup } from './step-groups.ts'
import { storeAt } from './store-at.ts'

export interface ReduceEmission {
  readonly group: ReduceGroup
  /** Number of axes of the kernel. */
  readonly rank: number
  readonly lanes: Lanes
  /** Where the result of each step goes. */
  readonly results: ReadonlyMap<number, ResultLocals>
}

// Longer sums of float32 are added up in blocks of so many rounds: rounding errors grow with the length of a chain.
const blockRounds = 256

/** Writes reductions at one point, or at some chunks of points, and the stores that go with them. */
export function emitReduce(emitter: ExpressionEmitter, { group, rank, lanes, results }: ReduceEmission): void {
  const chains = group.steps.map((reduce) => new Chains(emitter, reduce, positionIndex(group, rank), lanes, group))
  if (!group.extents.includes(0)) {
    const blocked = chains.filter(({ isBlocked }) => isBlocked)
    const blocks: Blocks = {
      rounds: blockRounds,
      before: () => {
        for (const chain of blocked) chain.startBlock()
      },
      after: () => {
        for (const chain of blocked) chain.endBlock()
      },
    }
    ownLoops(emitter, { group, rank, lanes, ...(blocked.length > 0 ? { blocks } : {}) }, (positions) =>
      storeAt(emitter, group.stores, positions, (position) => {
        for (const chain of chains) chain.join(position)
      }),
    )
  }
  for (const chain of chains) chain.finish(results.get(chain.number)!)
}

/** The place of a point among those of a step, row-major. */
function positionIndex({ extents }: ReduceGroup, rank: number): Index {
  let stride = 1
  const terms = extents.map((_, place) => ({ stride: 1, atom: { kind: 'axis', axis: rank + place } as const }))
  for (let place = extents.length - 1; place >= 0; place--) {
    terms[place] = { ...terms[place]!, stride }
    stride *= extents[place]!
  }
  return { constant: 0, terms }
}

/** The accumulators of one step: one per chunk, and for long sums second ones in which blocks are added up. */
class Chains {
  readonly number: number
  readonly isBlocked: boolean
  readonly #emitter: ExpressionEmitter
  readonly #reduce: NumberedReduce
  readonly #position: Index
  readonly #lanes: Lanes
  readonly #chains: readonly RunningTotal[]
  readonly #totals: readonly RunningTotal[]

  constructor(
    emitter: ExpressionEmitter,
    reduce: NumberedReduce,
    position: Index,
    lanes: Lanes,
    { extents }: ReduceGroup,
  ) {
    this.number = reduce.number
    this.#emitter = emitter
    this.#reduce = reduce
    this.#position = position
    this.#lanes = lanes
    const { combine, value } = reduce.step
    const isVector = lanes.kind !== 'none'
    const accumulators = (count: number): RunningTotal[] =>
      Array.from({ length: count }, () => runningTotal(emitter.code, { combine, dtype: value.dtype }, isVector))
    const longest = Math.max(0, ...extents)
    this.isBlocked = isVector && combine === 'add' && value.dtype === 'float32' && longest > 2 * blockRounds
    this.#chains = accumulators(lanes.kind === 'none' ? 1 : chunkCount(lanes))
    this.#totals = this.isBlocked ? accumulators(this.#chains.length) : []
    startAll(this.isBlocked ? this.#totals : this.#chains)
  }

  startBlock(): void {
    startAll(this.#chains)
  }

  endBlock(): void {
    for (const [chunk, total] of this.#totals.entries()) total.joinOther(this.#chains[chunk]!)
  }

  /** Joins the value at a position. */
  join(position: VectorPosition | undefined): void {
    const { code } = this.#emitter
    const { value, combine } = this.#reduce.step
    if (position === undefined) this.#emitter.scalar(value)
    else {
      this.#emitter.vector(value)
      if (this.#lanes.kind === 'own' && position.lanes < 4) {
        pushSplatConstant(code, neutralElement(combine, value.dtype), value.dtype)
        code.i32x4(
          ...([0, 1, 2, 3].map((lane) => (lane < position.lanes ? -1 : 0)) as [number, number, number, number]),
        )
        code.emit(opcode.v128_bitselect)
      }
    }
    this.#chains[position?.chunk ?? 0]!.join(() => this.#pushPosition(position))
  }

  finish(result: ResultLocals): void {
    const { code } = this.#emitter
    const found = this.isBlocked ? this.#totals : this.#chains
    if ('vectors' in result) {
      for (const [chunk, accumulator] of found.entries()) {
        accumulator.pushResult({ lanes: true })
        code.set(result.vectors[chunk]!)
      }
    } else {
      const [first, ...others] = found
      for (const other of others) first!.joinOther(other)
      if (this.#lanes.kind === 'own') first!.joinLanes()
      first!.pushResult()
      code.set(result.scalar)
    }
    for (const accumulator of [...this.#chains, ...this.#totals]) accumulator.release()
  }

  #pushPosition(position: VectorPosition | undefined): void {
    const { code } = this.#emitter
    const sum = { owner: this.#position, index: this.#position }
    const stride = position === undefined ? 0 : vectorStride(this.#emitter, this.#position)!
    if (stride === 0) {
      pushSum(this.#emitter, sum)
      if (position !== undefined) code.emit(opcode.i32x4_splat)
      return
    }
    const lanes = pushAffineLanes(this.#emitter, sum, stride)
    code.get(lanes)
    code.release(lanes)
  }
}

function startAll([first, ...others]: readonly RunningTotal[]): void {
  first!.start()
  for (const other of others) other.startAs(first!)
}

function chunkCount(lanes: Exclude<Lanes, { readonly kind: 'none' }>): number {
  return lanes.kind === 'points' ? lanes.chunks.length : lanes.chunks
}
