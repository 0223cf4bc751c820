import { type DType, writeProgram } from '../../kernel/index.ts'
import { randomData } from '../case-data.ts'
import { inSharedArena } from '../cases/updates.ts'
import type { ConformanceCase } from '../conformance-case.ts'
import { seededRandom } from '../random.ts'
import type { Draft } from './draft.ts'
import { randomDType } from './random-expression.ts'
import { randomKernel } from './random-kernel.ts'
import type { ReadableBuffer } from './scope.ts'

/** A program of one to five kernels that a seed reproduces, with inputs for two runs. */
export function randomCase(seed: number): ConformanceCase {
  const random = seededRandom(seed)
  const write = writeProgram()
  const buffers: ReadableBuffer[] = []
  const states: ReadableBuffer[] = []
  const size = (): number => random.integer(1, random.chance(0.5) ? 40 : 400)
  const add = (
    make: (dtype: DType, size: number) => number,
    dtype: DType,
    count: number,
    isExact: boolean,
  ): ReadableBuffer => {
    const buffer = { buffer: make(dtype, count), dtype, size: count, isExact }
    buffers.push(buffer)
    return buffer
  }
  add(write.input, 'float32', size(), false)
  for (let more = random.integer(0, 3); more > 0; more--) {
    const dtype = random.chance(0.3) ? 'int32' : randomDType({ random })
    add(write.input, dtype, size(), true)
  }
  for (let more = random.integer(0, 2); more > 0; more--)
    states.push(add(write.state, randomDType({ random }), size(), false))
  if (random.chance(0.4)) {
    const dtype = randomDType({ random })
    const data = randomData(random, dtype, random.integer(1, 20))
    add(() => write.constant(dtype, data), dtype, data.length, true)
  }

  const count = random.integer(1, 5)
  for (let number = 1; number <= count; number++) {
    const held: ReadableBuffer[] = []
    const hold: Draft['hold'] = (dtype, elements) => {
      const role = number === count || random.chance(0.6) ? 'output' : 'temporary'
      const buffer = write[role](dtype, elements)
      held.push({ buffer, dtype, size: elements, isExact: false })
      return buffer
    }
    write.kernel(randomKernel({ random, write, buffers, states, hold }))
    buffers.push(...held)
  }
  const program = write.finish()
  // In some programs infinities, NaN and wrapping integers meet all else.
  const shareOfSpecial = random.chance(0.15) ? 0.1 : 0
  const dataOf = (buffer: number): ReturnType<typeof randomData> =>
    randomData(random, program.buffers[buffer]!.dtype, program.buffers[buffer]!.size, shareOfSpecial)
  const plain: ConformanceCase = {
    title: `random program ${seed}`,
    program,
    states: program.states.map(dataOf),
    runs: [0, 1].map(() => program.inputs.map(dataOf)),
  }
  return random.chance(0.8) ? inSharedArena(plain) : plain
}
