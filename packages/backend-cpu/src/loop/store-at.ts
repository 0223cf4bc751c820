import type { ExpressionEmitter } from '../expression/expression-emitter.ts'
import { prepareVectors, type StoreTarget, storeScalars } from '../expression/store-emission.ts'
import type { VectorPosition } from '../expression/vector-position.ts'
import type { Positions } from './loop-nest.ts'

/**
 * Writes some stores at one point or at some chunks, and what else is to be done at each. Nothing is written before all chunks are computed:
 * engines keep loads behind earlier stores, and what one chunk computes would wait for the one before.
 */
export function storeAt(
  emitter: ExpressionEmitter,
  stores: readonly StoreTarget[],
  positions: Positions,
  alongside: (position: VectorPosition | undefined) => void = () => {},
): void {
  const writes: (() => void)[] = []
  emitter.scopes.push()
  for (const position of positions) {
    emitter.setPosition(position)
    if (position === undefined) storeScalars(emitter, stores)
    else writes.push(prepareVectors(emitter, stores))
    alongside(position)
  }
  for (const write of writes) write()
  emitter.scopes.pop()
}
