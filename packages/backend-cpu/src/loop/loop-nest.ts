// Loops over axes, one point or several chunks of four points at a time.

import type { ExpressionEmitter } from '../expression/expression-emitter.ts'
import { hoist } from '../expression/hoist.ts'
import type { VectorPosition } from '../expression/vector-position.ts'
import type { RoundRange } from '../program/split.ts'
import * as opcode from '../wasm/opcodes.ts'
import { type Blocks, blockedLoop, countedLoop, partOfLoop } from './counted-loop.ts'
import type { StepGroup } from './step-groups.ts'

/** How vectors lie while a group of steps runs. */
export type Lanes =
  /** There are none. */
  | { readonly kind: 'none' }
  /** Along an axis of the kernel, whose loop is around. */
  | { readonly kind: 'points'; readonly chunks: readonly VectorPosition[] }
  /** Along an axis of the steps, in that many chunks at once. */
  | { readonly kind: 'own'; readonly axis: number; readonly chunks: number }

/** The positions at which the innermost body works; undefined is one point. */
export type Positions = readonly (VectorPosition | undefined)[]

export interface AxisLoop {
  readonly axis: number
  /** The first place; 0 if absent. */
  readonly start?: number
  readonly extent: number
  /** Chunks of four points at a time; one point if absent. */
  readonly chunks?: number
  readonly blocks?: Blocks | undefined
  /** Only these rounds, of which what is left after full chunks is the last. */
  readonly rounds?: RoundRange | undefined
}

/** How many rounds the loop over an axis has. */
export function roundsOfAxis({ start = 0, extent, chunks }: Pick<AxisLoop, 'start' | 'extent' | 'chunks'>): number {
  return Math.ceil((extent - start) / (chunks === undefined ? 1 : 4 * chunks))
}

/** Writes the loop over an axis: rounds of full chunks, then one of what is left, whose last chunk may use fewer lanes. */
export function axisLoop(
  emitter: ExpressionEmitter,
  { axis, start = 0, extent, chunks, blocks, rounds }: AxisLoop,
  body: (positions: readonly VectorPosition[]) => void,
): void {
  const { code } = emitter
  const step = chunks === undefined ? 1 : 4 * chunks
  const end = extent - ((extent - start) % step)
  const positionsOf = (points: number): VectorPosition[] =>
    chunks === undefined
      ? []
      : Array.from({ length: Math.ceil(points / 4) }, (_, chunk) => {
          return { axis, chunk, offset: 4 * chunk, lanes: Math.min(4, points - 4 * chunk) }
        })
  const at = (positions: readonly VectorPosition[]) => (counter: number) => {
    emitter.bind(axis, counter)
    body(positions)
    emitter.unbind(axis)
  }
  if (end > start) {
    if (rounds !== undefined) partOfLoop(code, { start, end, step }, rounds, at(positionsOf(step)))
    else if (blocks === undefined) countedLoop(code, { start, end, step }, at(positionsOf(step)))
    else blockedLoop(code, { start, end, step }, blocks, at(positionsOf(step)))
  }
  if (end === extent) return
  const remainder = (): void => countedLoop(code, { start: end, end: end + 1 }, at(positionsOf(extent - end)))
  if (rounds !== undefined) {
    code.get(rounds.end)
    code.i32((end - start) / step)
    code.emit(opcode.i32_gt_s)
    code.if(remainder)
    return
  }
  blocks?.before()
  remainder()
  blocks?.after()
}

export interface OwnLoops {
  readonly group: StepGroup
  /** Number of axes of the kernel; those of the steps follow. */
  readonly rank: number
  readonly lanes: Lanes
  /** Work on the longest loop in blocks. */
  readonly blocks?: Blocks
}

/** Writes the loops over the axes of a group of steps; the vector axis, if it is one of them, is the innermost. */
export function ownLoops(
  emitter: ExpressionEmitter,
  { group, rank, lanes, blocks }: OwnLoops,
  body: (positions: Positions) => void,
): void {
  const axes = group.extents.map((_, place) => rank + place)
  const order = lanes.kind === 'own' ? [...axes.filter((axis) => axis !== lanes.axis), lanes.axis] : axes
  const blockedAxis = blocks === undefined ? undefined : longestAxis(order, group.extents, rank, lanes)
  const outside = positionsOutside(lanes)
  const level = (place: number, positions: Positions): void => {
    const axis = order[place]
    if (axis === undefined) {
      // What several chunks share is computed once for all.
      if (positions.length > 1) hoistAt(emitter, group, positions.slice(0, 1), true)
      body(positions)
      return
    }
    hoistAt(emitter, group, outside, false)
    const isVector = lanes.kind === 'own' && lanes.axis === axis
    axisLoop(
      emitter,
      {
        axis,
        extent: group.extents[axis - rank]!,
        ...(isVector ? { chunks: lanes.chunks } : {}),
        blocks: axis === blockedAxis ? blocks : undefined,
      },
      (chunks) => level(place + 1, isVector ? chunks : positions),
    )
  }
  level(0, outside)
}

/** The positions known before the steps' own loops; of lanes along one of these, the first. */
function positionsOutside(lanes: Lanes): Positions {
  if (lanes.kind === 'none') return [undefined]
  return lanes.kind === 'points' ? lanes.chunks : [{ axis: lanes.axis, offset: 0, lanes: 4, chunk: 0 }]
}

function hoistAt(emitter: ExpressionEmitter, group: StepGroup, positions: Positions, onlyUniform: boolean): void {
  for (const position of positions) {
    emitter.setPosition(position)
    hoist(emitter, group.work, { onlyUniform })
  }
}

function longestAxis(order: readonly number[], extents: readonly number[], rank: number, lanes: Lanes): number {
  const rounds = (axis: number): number =>
    lanes.kind === 'own' && lanes.axis === axis ? extents[axis - rank]! / (4 * lanes.chunks) : extents[axis - rank]!
  return order.reduce((longest, axis) => (rounds(axis) > rounds(longest) ? axis : longest))
}
