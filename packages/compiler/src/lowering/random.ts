import type { RandomName } from '@neurite/tensor'
import { applyScalar, constantIndex, constantScalar, type Scalar } from '../kernel/index.ts'
import { flattenIndex } from './index-arithmetic.ts'
import type { LoweringRules } from './rule.ts'

// Threefry-2x32 with 20 rounds (Salmon, Moraes, Dror & Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3", §3.3).
const rotations = [13, 15, 26, 6, 17, 29, 16, 24] as const
const parity = 0x1bd11bda

const integer = (value: number): Scalar => constantScalar(value | 0, 'int32')
const add = (a: Scalar, b: Scalar): Scalar => applyScalar('add', [a, b])
const xor = (a: Scalar, b: Scalar): Scalar => applyScalar('xor', [a, b])

export const randomLowering: LoweringRules<RandomName> = {
  randomBits: {
    kind: 'pointwise',
    readsElsewhere: true,
    value: ({ inputs, attributes: { shape } }, index, context) => {
      const ofKey = index.slice(0, index.length - shape.length)
      const inBlock = index.slice(index.length - shape.length)
      const key = [0, 1].map((word) => context.read(inputs[0]!, [...ofKey, constantIndex(word)])) as [Scalar, Scalar]
      return threefry(key, { kind: 'index', index: flattenIndex(shape, inBlock), dtype: 'int32' })
    },
  },
}

/** The first word of the block for counter (counter, 0). */
function threefry([first, second]: readonly [Scalar, Scalar], counter: Scalar): Scalar {
  const schedule = [first, second, xor(xor(first, second), integer(parity))] as const
  let x = add(counter, first)
  let y = second
  for (let round = 0; round < 20; round++) {
    x = add(x, y)
    y = xor(rotateLeft(y, rotations[round % 8]!), x)
    if (round % 4 !== 3) continue
    const injection = (round + 1) / 4
    x = add(x, schedule[injection % 3]!)
    y = add(y, add(schedule[(injection + 1) % 3]!, integer(injection)))
  }
  return x
}

function rotateLeft(value: Scalar, bits: number): Scalar {
  return applyScalar('or', [
    applyScalar('shiftLeft', [value, integer(bits)]),
    applyScalar('shiftRightLogical', [value, integer(32 - bits)]),
  ])
}
