// A random program while it is being written: its buffers, and where the next kernel stores.

import {
  addIndex,
  applyScalar,
  axisIndex,
  type DType,
  type Index,
  type ProgramWriter,
  type Store,
  storeTo,
  zeroIndex,
} from '../../kernel/index.ts'
import type { Random } from '../random.ts'
import { randomDType, randomScalar } from './random-expression.ts'
import type { ReadableBuffer, Scope } from './scope.ts'

export interface Draft {
  readonly random: Random
  readonly write: ProgramWriter
  /** What the next kernel can read. */
  readonly buffers: ReadableBuffer[]
  readonly states: ReadableBuffer[]
  /** A new output or temporary, to be read by the kernels after the next. */
  hold(dtype: DType, size: number): number
}

/** Where a kernel writes one element for each of its points. */
export interface Target {
  readonly buffer: number
  readonly dtype: DType
  readonly index: Index
  readonly isState: boolean
}

/** New buffers, or states of a fitting size that `taken` does not have; their elements lie in a random order of the axes. */
export function randomTargets(draft: Draft, extents: readonly number[], taken: readonly Target[] = []): Target[] {
  const { random, states } = draft
  const size = extents.reduce((product, extent) => product * extent, 1)
  const targets: Target[] = []
  for (let number = random.pick([1, 1, 1, 2, 3]); number > 0; number--) {
    const isTaken = (buffer: number): boolean => [...taken, ...targets].some((target) => target.buffer === buffer)
    const fitting = states.filter((state) => state.size === size && !isTaken(state.buffer))
    const index = randomLayout(draft, extents)
    if (random.chance(0.3)) {
      const { buffer, dtype } = fitting.length > 0 ? random.pick(fitting) : newState(draft, size)
      targets.push({ buffer, dtype, index, isState: true })
    } else {
      const dtype = randomDType(draft)
      targets.push({ buffer: draft.hold(dtype, size), dtype, index, isState: false })
    }
  }
  return targets
}

function newState(draft: Draft, size: number): ReadableBuffer {
  const dtype = randomDType(draft)
  const state = { buffer: draft.write.state(dtype, size), dtype, size, isExact: false }
  draft.states.push(state)
  draft.buffers.push(state)
  return state
}

function randomLayout({ random }: Draft, extents: readonly number[]): Index {
  const axes = extents.map((_, axis) => axis)
  let [index, stride] = [zeroIndex, 1]
  for (const axis of random.chance(0.7) ? axes.reverse() : random.shuffled(axes)) {
    index = addIndex(index, axisIndex(axis, stride))
    stride *= extents[axis]!
  }
  return index
}

/** A store of a random expression to each target; `extents` are those of the step. */
export function storesTo(
  { random }: Draft,
  targets: readonly Target[],
  scope: Scope,
  extents: readonly number[] = [],
): Store[] {
  return targets.map(({ buffer, dtype, index }) => {
    const value = randomScalar(scope, dtype, random.integer(1, 4))
    if (scope.results.length === 0 || random.chance(0.3)) return storeTo(buffer, index, value, extents)
    // Most kernels use what they have found.
    const result = random.pick(scope.results)
    const found = result.dtype === dtype ? result : applyScalar('cast', [result], dtype)
    return storeTo(buffer, index, applyScalar(dtype === 'bool' ? 'xor' : 'add', [found, value]), extents)
  })
}
