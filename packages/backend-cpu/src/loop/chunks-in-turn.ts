import type { ExpressionEmitter } from '../expression/expression-emitter.ts'
import type { ResultLocals, VectorPosition } from '../expression/vector-position.ts'
import * as opcode from '../wasm/opcodes.ts'
import { rangeLoop } from './counted-loop.ts'

/**
 * Writes a loop over chunks of points whose reductions have been found side by side, so that what follows is written once and not for every
 * chunk. All must be full. The results of later chunks move up; afterwards they are lost.
 */
export function chunksInTurn(
  emitter: ExpressionEmitter,
  chunks: readonly VectorPosition[],
  results: Iterable<ResultLocals>,
  body: (chunk: VectorPosition) => void,
): void {
  const { code } = emitter
  const { axis } = chunks[0]!
  const start = emitter.counterOf(axis)
  code.get(start)
  code.i32(4 * chunks.length)
  code.emit(opcode.i32_add)
  const end = code.keep('i32')
  // What has been computed of the place of the first chunk does not hold for the others.
  emitter.unbind(axis)
  rangeLoop(code, { start, end, step: 4 }, (counter) => {
    emitter.bind(axis, counter)
    body({ axis, chunk: 0, offset: 0, lanes: 4 })
    emitter.unbind(axis)
    for (const result of results) if ('vectors' in result) moveUp(emitter, result.vectors)
  })
  emitter.bind(axis, start)
  code.release(end)
}

function moveUp({ code }: ExpressionEmitter, vectors: readonly number[]): void {
  for (let chunk = 1; chunk < vectors.length; chunk++) {
    code.get(vectors[chunk]!)
    code.set(vectors[chunk - 1]!)
  }
}
