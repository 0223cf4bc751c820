// The programs with which the contract is tested.

import { applyScalar, constantScalar, type Program, storeTo, writeProgram } from '../../kernel/index.ts'
import { affine, loopKernel } from '../write-case.ts'

/** out = x + total; total += x, over `size` float32. */
export function accumulation(size: number): Program {
  const write = writeProgram()
  const [x, out, total] = [write.input('float32', size), write.output('float32', size), write.state('float32', size)]
  const sum = applyScalar('add', [write.load(x, affine([1])), write.load(total, affine([1]))])
  write.kernel(loopKernel([size], storeTo(out, affine([1]), sum), storeTo(total, affine([1]), sum)))
  return write.finish()
}

/** out = 2 · x, over `size` float32. */
export function doubling(size: number): Program {
  const write = writeProgram()
  const [x, out] = [write.input('float32', size), write.output('float32', size)]
  const value = write.load(x, affine([1]))
  write.kernel(loopKernel([size], storeTo(out, affine([1]), applyScalar('add', [value, value]))))
  return write.finish()
}

/** Counts its runs, and fails where an index is not below 3. */
export function lookUp(): Program {
  const write = writeProgram()
  const [x, out, runs] = [write.input('int32', 2), write.output('float32', 2), write.state('int32', 1)]
  const table = write.constant('float32', [10, 20, 30])
  const fault = write.fault('table: index {value} is not below 3.')
  const atom = { kind: 'value', value: write.load(x, affine([1])), size: 3, fault } as const
  const next = applyScalar('add', [write.load(runs, affine([])), constantScalar(1, 'int32')])
  write.kernel(
    loopKernel([2], storeTo(out, affine([1]), write.load(table, { constant: 0, terms: [{ stride: 1, atom }] }))),
  )
  write.kernel(loopKernel([], storeTo(runs, affine([]), next)))
  return write.finish()
}
