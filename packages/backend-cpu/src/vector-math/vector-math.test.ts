import { operation, type Program } from '@neurite/compiler/kernel'
import { beforeAll, describe, expect, test } from 'vitest'
import { type VectorFunction, vectorFunction } from '../expression/vector-functions.ts'
import { ProgramModule } from '../program/program-module.ts'
import { importNamespace } from '../wasm/module-writer.ts'
import * as opcode from '../wasm/opcodes.ts'

const empty: Program = { buffers: [], kernels: [], inputs: [], outputs: [], states: [], faults: [], arenaBytes: 0 }
const names = ['exp', 'log', 'sin', 'cos', 'tanh', 'sigmoid', 'erf', 'power'] as const satisfies VectorFunction[]
const compiled = [...names, 'expOfNegative'] as const
const capacity = 1 << 16

/** Applies a function to arrays of up to `capacity` elements. */
let apply: (name: VectorFunction, a: Float32Array, b?: Float32Array) => Float32Array

beforeAll(() => {
  const program = new ProgramModule(empty)
  for (const name of compiled) {
    const code = program.module.function(name, { parameters: ['i32', 'i32'], results: [] })
    const target = vectorFunction(program, name)
    code.get(0)
    target.signature.parameters.forEach((_, operand) => {
      code.get(operand)
      code.memory(opcode.v128_load)
    })
    code.call(target)
    code.memory(opcode.v128_store)
    program.module.export(code)
  }
  const memory = new WebAssembly.Memory({ initial: (2 * capacity * 4) >> 16 })
  const references = Object.fromEntries([...program.references].map((op) => [op, operation(op, 'float64')]))
  const module = new WebAssembly.Module(program.module.finish())
  const instance = new WebAssembly.Instance(module, { [importNamespace]: { memory, ...references } })
  apply = (name, a, b) => {
    const view = new Float32Array(memory.buffer)
    view.set(a)
    if (b) view.set(b, capacity)
    const run = instance.exports[name] as (a: number, b: number) => void
    for (let i = 0; i < a.length; i += 4) run(4 * i, 4 * (capacity + i))
    return view.slice(0, a.length)
  }
})

/** The numbers of a grid from low to high, rounded to float32. */
function grid(low: number, high: number, count: number = capacity): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1))
}

/** Numbers of either sign and every exponent. */
function everyMagnitude(seed = 1): Float32Array {
  let state = seed
  const bits = Uint32Array.from({ length: capacity }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state
  })
  return new Float32Array(bits.buffer).map((value) => (Number.isNaN(value) ? 1 : value))
}

/** The distance to the exact value in units of the last place; below the normal numbers in units of 2⁻¹²⁶. */
function errorInUlps(actual: number, exact: number): number {
  if (Object.is(actual, Math.fround(exact)) || (Number.isNaN(actual) && Number.isNaN(exact))) return 0
  if (!Number.isFinite(actual) || Number.isNaN(exact)) return Infinity
  const size = Math.min(Math.abs(exact), 2 ** 127)
  return size < 2 ** -126
    ? Math.abs(actual - exact) / 2 ** -126
    : Math.abs(actual - exact) / 2 ** (Math.floor(Math.log2(size)) - 23)
}

function worst(
  name: (typeof names)[number],
  a: Float32Array,
  b: Float32Array = a,
): { ulps: number; at: number; power: number } {
  const exact = operation(name, 'float64')
  const found = { ulps: 0, at: Number.NaN, power: Number.NaN }
  const results = apply(name, a, b)
  for (const [i, actual] of results.entries()) {
    const ulps = errorInUlps(actual, exact(a[i]!, b[i]!, 0))
    if (!(ulps <= found.ulps)) Object.assign(found, { ulps, at: a[i]!, power: b[i]! })
  }
  return found
}

// The bounds stand in the README.
describe('error against float64', () => {
  test.each([
    [
      'exp',
      1.1,
      [
        [-104, 89],
        [-1, 1],
        [-88, -86],
      ],
    ],
    [
      'log',
      1,
      [
        [1e-3, 20],
        [0.5, 2],
        [0.99, 1.01],
        [0, 1e-37],
        [1e30, 3e38],
      ],
    ],
    [
      'sin',
      1,
      [
        [-10, 10],
        [-1e-3, 1e-3],
        [1e4, 2e4],
        [1e8, 1e9],
        [1e30, 3e38],
      ],
    ],
    [
      'cos',
      1,
      [
        [-10, 10],
        [1.5, 1.6],
        [1e4, 2e4],
        [1e8, 1e9],
        [1e30, 3e38],
      ],
    ],
    [
      'tanh',
      2,
      [
        [-12, 12],
        [-0.7, 0.7],
        [-1e-3, 1e-3],
        [7, 9.1],
      ],
    ],
    [
      'sigmoid',
      2.5,
      [
        [-90, 20],
        [-1, 1],
        [-8, 8],
      ],
    ],
    [
      'erf',
      2,
      [
        [-5, 5],
        [0.9, 1],
        [-1e-3, 1e-3],
      ],
    ],
  ] as const)('%s: at most %f ulp', (name, bound, ranges) => {
    const measured = [...ranges.map(([low, high]) => worst(name, grid(low, high))), worst(name, everyMagnitude())]
    for (const { ulps, at } of measured) expect(ulps, `${name}(${at})`).toBeLessThanOrEqual(bound)
  })

  test('power: at most 1 ulp', () => {
    const bases = everyMagnitude(7)
    const exponents = everyMagnitude(11)
    const measured = [
      worst('power', bases, exponents),
      worst(
        'power',
        grid(0, 10),
        exponents.map((value) => value % 40),
      ),
      worst('power', grid(0.9, 1.1), grid(-800, 800)),
      worst('power', bases, grid(-3, 3)),
      worst('power', bases, grid(-3, 3).map(Math.round)),
    ]
    for (const { ulps, at, power } of measured) expect(ulps, `${at} ** ${power}`).toBeLessThanOrEqual(1)
  })
})

const special = Float32Array.of(
  0,
  -0,
  1,
  -1,
  Infinity,
  -Infinity,
  Number.NaN,
  0.5,
  -0.5,
  2,
  -2,
  3,
  -3,
  1e-45,
  -1e-45,
  2 ** -126,
  3.4e38,
  -3.4e38,
  200,
  -200,
)

test('zeros, ones, infinities and NaN come out as from JavaScript, with their sign', () => {
  for (const name of names) {
    if (name === 'power') continue
    const exact = operation(name, 'float64')
    const actual = apply(name, special)
    for (const [i, x] of special.entries()) {
      const expected = Math.fround(exact(x, 0, 0))
      if (!Number.isFinite(expected) || expected === 0 || Math.abs(expected) === 1)
        expect(actual[i], `${name}(${x})`).toBe(expected)
    }
  }
})

test('exp of what is never positive has the bits of exp, and 0 below the normal numbers', () => {
  const x = [...grid(-87.3, 0), ...grid(-1e-3, 0), -0, 0, Number.NaN]
  const all = Float32Array.from({ length: capacity }, (_, i) => x[(i * 7919) % x.length]!)
  expect(apply('expOfNegative', all)).toEqual(apply('exp', all))
  for (const below of apply('expOfNegative', Float32Array.of(-87.5, -88, -104, -Infinity)))
    expect(below).toBeLessThan(2 ** -126)
  expect([...apply('expOfNegative', Float32Array.of(-88.5, -104, -1e30, -Infinity))]).toEqual([0, 0, 0, 0])
})

test('power of special numbers comes out as in C', () => {
  const exact = operation('power', 'float32')
  for (const base of special) {
    const actual = apply(
      'power',
      special.map(() => base),
      special,
    )
    for (const [i, exponent] of special.entries())
      expect(actual[i], `${base} ** ${exponent}`).toBe(exact(base, exponent, 0))
  }
})
