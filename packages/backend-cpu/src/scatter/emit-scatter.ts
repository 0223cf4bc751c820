// Writes a scatter kernel: zeros, then one addition after the other in row-major order.

import { axisName, bytesPerElement, collapseAxes, type ScatterKernel, valuesIn } from '@neurite/compiler/kernel'
import { ExpressionEmitter } from '../expression/expression-emitter.ts'
import { Facts } from '../expression/facts.ts'
import { hoist, type Work } from '../expression/hoist.ts'
import { vectorStride } from '../expression/index-emission.ts'
import { addScalar, addVector } from '../expression/store-emission.ts'
import type { VectorPosition } from '../expression/vector-position.ts'
import { axisLoop } from '../loop/loop-nest.ts'
import type { EmittedKernel, ProgramModule } from '../program/program-module.ts'

/** Writes a function that runs the kernel. */
export function emitScatter(program: ProgramModule, kernel: ScatterKernel): EmittedKernel {
  const code = program.kernelFunction(kernel.label)
  const { dtype, size } = program.buffers[kernel.buffer]!
  program.pushAddress(code, kernel.buffer)
  code.i32(0)
  code.i32(size * bytesPerElement[dtype])
  code.memoryFill()
  if (kernel.extents.includes(0)) return { kernel, target: code, note: 'zeros only' }

  const collapsed = collapseAxes(kernel)
  const { extents, value, index } = collapsed
  const values = [value, ...valuesIn(index)]
  const facts = new Facts({ extents, buffers: program.buffers, resultAxes: [] }, values)
  const emitter = new ExpressionEmitter(program, code, facts)
  const work: Work = { values, targets: [collapsed] }
  const vectorAxis = innermostIfContiguous(emitter, collapsed)
  const level = (axis: number, positions: readonly VectorPosition[]): void => {
    if (axis === extents.length) {
      emitter.setPosition(positions[0])
      if (positions[0] === undefined) addScalar(emitter, collapsed)
      else addVector(emitter, collapsed)
      return
    }
    emitter.setPosition(vectorAxis === undefined ? undefined : { axis: vectorAxis, offset: 0, lanes: 4, chunk: 0 })
    hoist(emitter, work)
    const loop = { axis, extent: extents[axis]! }
    axisLoop(emitter, axis === vectorAxis ? { ...loop, chunks: 1 } : loop, (chunks) => level(axis + 1, chunks))
  }
  level(0, [])
  const note = vectorAxis === undefined ? 'one element at a time' : `4 lanes along ${axisName(vectorAxis)}`
  return { kernel: collapsed, target: code, note }
}

/** The innermost axis, if neighbouring points along it add to neighbouring elements, of a dtype of 32 bits. */
function innermostIfContiguous(
  emitter: ExpressionEmitter,
  { extents, value, index }: ScatterKernel,
): number | undefined {
  const axis = extents.length - 1
  if (axis < 0 || (value.dtype !== 'float32' && value.dtype !== 'int32')) return undefined
  emitter.setPosition({ axis, offset: 0, lanes: 4, chunk: 0 })
  return vectorStride(emitter, index) === 1 && emitter.facts.fitsLanes(value, axis) ? axis : undefined
}
