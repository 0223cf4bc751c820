// States updated in place, several outputs at once, and buffers that share bytes.

import {
  applyScalar,
  constantScalar,
  type DType,
  type Program,
  placeBuffers,
  type Scalar,
  storeTo,
} from '../../kernel/index.ts'
import type { ConformanceCase } from '../conformance-case.ts'
import { affine, loopKernel, rowMajor, writeCase } from '../write-case.ts'

export function updateCases(): readonly ConformanceCase[] {
  return [
    ...(['float32', 'float64', 'int32', 'uint8', 'bool'] as const).map(swap),
    adam(),
    counter(),
    rotation(),
    transposedUpdate(),
    stateAsOutput(),
    untouchedState(),
    chainInSharedArena(),
    diamondInSharedArena(),
    constantsOfEveryDType(),
    manyOutputs(),
  ]
}

/** The same case in the smallest arena: buffers share bytes wherever their lifetimes allow. */
export function inSharedArena(testCase: ConformanceCase): ConformanceCase {
  return { ...testCase, program: shareArena(testCase.program) }
}

function shareArena(program: Program): Program {
  const unplaced = program.buffers.map(({ offset, ...buffer }) => buffer)
  return { ...program, ...placeBuffers(unplaced, program.kernels, program.repeats) }
}

function swap(dtype: DType): ConformanceCase {
  return writeCase(`two states of ${dtype} change places`, (write) => {
    const [a, b] = [write.state(dtype, 11), write.state(dtype, 11)]
    const [ofA, ofB] = [write.load(a, affine([1])), write.load(b, affine([1]))]
    return loopKernel([11], storeTo(a, affine([1]), ofB), storeTo(b, affine([1]), ofA))
  })
}

/** Adam (Kingma & Ba 2015, algorithm 1): three states in one kernel, the step count in another. */
function adam(): ConformanceCase {
  return writeCase(
    'three runs of Adam',
    (write) => {
      const size = 37
      const float = (value: number): Scalar => constantScalar(value, 'float32')
      const mixed = (decay: number, old: Scalar, now: Scalar): Scalar =>
        applyScalar('add', [
          applyScalar('multiply', [old, float(decay)]),
          applyScalar('multiply', [now, float(1 - decay)]),
        ])
      const gradient = write.load(write.input('float32', size), affine([1]))
      const parameter = write.state('float32', size)
      const mean = write.givenState('float32', new Array(size).fill(0))
      const square = write.givenState('float32', new Array(size).fill(0))
      const step = write.givenState('float32', [0])
      const next = applyScalar('add', [write.load(step, affine([])), float(1)])
      const newMean = mixed(0.9, write.load(mean, affine([1])), gradient)
      const newSquare = mixed(0.999, write.load(square, affine([1])), applyScalar('multiply', [gradient, gradient]))
      const corrected = (value: Scalar, decay: number): Scalar =>
        applyScalar('divide', [
          value,
          applyScalar('subtract', [float(1), applyScalar('power', [float(decay), write.load(step, affine([]))])]),
        ])
      const root = applyScalar('add', [applyScalar('sqrt', [corrected(newSquare, 0.999)]), float(1e-3)])
      const change = applyScalar('divide', [applyScalar('multiply', [float(0.1), corrected(newMean, 0.9)]), root])
      const updated = applyScalar('subtract', [write.load(parameter, affine([1])), change])
      return [
        loopKernel([], storeTo(step, affine([]), next)),
        loopKernel(
          [size],
          storeTo(parameter, affine([1]), updated),
          storeTo(mean, affine([1]), newMean),
          storeTo(square, affine([1]), newSquare),
        ),
      ]
    },
    { runs: 3 },
  )
}

function counter(): ConformanceCase {
  return writeCase(
    'a counter over five runs',
    (write) => {
      const count = write.givenState('int32', [2 ** 31 - 3])
      const next = applyScalar('add', [write.load(count, affine([])), constantScalar(1, 'int32')])
      return [
        loopKernel([], storeTo(write.output('int32', 1), affine([]), write.load(count, affine([])))),
        loopKernel([], storeTo(count, affine([]), next)),
      ]
    },
    { runs: 5 },
  )
}

/** A kernel may read other elements of a state than it writes only through a copy. */
function rotation(): ConformanceCase {
  return writeCase('a ring buffer moves on by one', (write) => {
    const [ring, copy] = [write.state('float32', 10), write.temporary('float32', 9)]
    const newest = write.load(write.input('float32', 1), affine([]))
    return [
      loopKernel([9], storeTo(copy, affine([1]), write.load(ring, affine([1], 1)))),
      loopKernel([9], storeTo(ring, affine([1]), write.load(copy, affine([1])))),
      loopKernel([], storeTo(ring, affine([], 9), newest)),
    ]
  })
}

function transposedUpdate(): ConformanceCase {
  return writeCase('a state is updated through a transposed view', (write) => {
    const [weight, gradient] = [write.state('float32', 30), write.input('float32', 30)]
    const at = affine([1, 5])
    const change = applyScalar('multiply', [write.load(gradient, rowMajor([5, 6])), constantScalar(0.5, 'float32')])
    return loopKernel([5, 6], storeTo(weight, at, applyScalar('subtract', [write.load(weight, at), change])))
  })
}

/** What a kernel computes goes to a state and, in the same kernel, to an output. */
function stateAsOutput(): ConformanceCase {
  return writeCase('a running mean is updated and given back', (write) => {
    const [mean, x] = [write.state('float64', 6), write.input('float64', 42)]
    const old = write.load(mean, affine([1]))
    const sum = { kind: 'result', step: 0, dtype: 'float64' } as const
    const now = applyScalar('multiply', [sum, constantScalar(1 / 7, 'float64')])
    const mixed = applyScalar('add', [
      old,
      applyScalar('multiply', [constantScalar(0.1, 'float64'), applyScalar('subtract', [now, old])]),
    ])
    return loopKernel(
      [6],
      { kind: 'reduce', extents: [7], combine: 'add', value: write.load(x, affine([1, 6])) },
      storeTo(mean, affine([1]), mixed),
      storeTo(write.output('float64', 6), affine([1]), mixed),
      storeTo(write.output('float64', 6), affine([1]), old),
    )
  })
}

function untouchedState(): ConformanceCase {
  return writeCase('states that are only read, and that no kernel touches', (write) => {
    const [read, never] = [write.state('float32', 5), write.state('uint8', 3)]
    const empty = write.state('int32', 0)
    const nothing = loopKernel([0], storeTo(empty, affine([1]), write.load(empty, affine([1]))))
    if (never === read) throw new Error('unreachable: buffers have numbers of their own.')
    return [nothing, loopKernel([5], storeTo(write.output('float32', 5), affine([1]), write.load(read, affine([1]))))]
  })
}

function chainInSharedArena(): ConformanceCase {
  const plain = writeCase('a chain of twelve kernels whose buffers share two places', (write) => {
    let from = write.input('float32', 50)
    return Array.from({ length: 12 }, (_, i) => {
      const to = i === 11 ? write.output('float32', 50) : write.temporary('float32', 50)
      const value = applyScalar('add', [write.load(from, affine([-1], 49)), constantScalar(i, 'float32')])
      from = to
      return loopKernel([50], storeTo(to, affine([1]), value))
    })
  })
  return inSharedArena(plain)
}

function diamondInSharedArena(): ConformanceCase {
  const plain = writeCase('values of several dtypes and sizes that come and go in one arena', (write) => {
    const [bytes, numbers] = [write.input('uint8', 100), write.input('float64', 40)]
    const [long, halves, mask] = [
      write.temporary('int32', 100),
      write.temporary('float32', 40),
      write.temporary('bool', 40),
    ]
    const [rows, out] = [write.temporary('int32', 10), write.output('float32', 40)]
    const cast = (value: Scalar, dtype: DType): Scalar => applyScalar('cast', [value], dtype)
    const x = write.load(numbers, affine([1]))
    const sum = { kind: 'result', step: 0, dtype: 'int32' } as const
    const row = cast(write.load(rows, affine([1])), 'float32')
    const half = write.load(halves, affine([4, 1]))
    const chosen = applyScalar('select', [write.load(mask, affine([4, 1])), half, row])
    return [
      loopKernel([100], storeTo(long, affine([1]), cast(write.load(bytes, affine([1])), 'int32'))),
      loopKernel([40], storeTo(mask, affine([1]), applyScalar('less', [x, constantScalar(0, 'float64')]))),
      loopKernel(
        [10],
        { kind: 'reduce', extents: [10], combine: 'add', value: write.load(long, affine([10, 1])) },
        storeTo(rows, affine([1]), sum),
      ),
      loopKernel(
        [40],
        storeTo(halves, affine([1]), cast(applyScalar('multiply', [x, constantScalar(0.5, 'float64')]), 'float32')),
      ),
      loopKernel([10, 4], storeTo(out, affine([4, 1]), chosen)),
    ]
  })
  return inSharedArena(plain)
}

function constantsOfEveryDType(): ConformanceCase {
  return writeCase('constants of every dtype', (write) => {
    const tables = [
      write.constant('float32', [0.1, -0, Number.NaN]),
      write.constant('float64', Float64Array.of(0.1, Number.POSITIVE_INFINITY, 1e300)),
      write.constant('int32', [2 ** 31 - 1, -(2 ** 31), 0]),
      write.constant('uint8', Uint8Array.of(255, 0, 7)),
      write.constant('bool', [1, 0, 1]),
    ]
    return tables.map((table) => {
      const value = write.load(table, affine([1]))
      return loopKernel([3], storeTo(write.output(value.dtype, 3), affine([1]), value))
    })
  })
}

/** Outputs of every dtype from one kernel, in an order other than that of the buffers' kernels. */
function manyOutputs(): ConformanceCase {
  return writeCase('one expression stored as every dtype', (write) => {
    const x = write.load(write.input('float32', 45), rowMajor([5, 9]))
    const large = applyScalar('multiply', [x, constantScalar(100, 'float32')])
    const stores = (['bool', 'uint8', 'float64', 'int32', 'float32'] as const).map((dtype) =>
      storeTo(write.output(dtype, 45), rowMajor([5, 9]), applyScalar('cast', [large], dtype)),
    )
    return loopKernel([5, 9], ...stores)
  })
}
