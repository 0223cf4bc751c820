import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cpuBackend } from '../index.ts'
import { affine, loopProgram } from '../test/both-backends.ts'

// Number.NaN may lose its sign on the way into an array; bits do not.
const special = [0, -0, 1, -1, 1e-45, -1e-45, Infinity, -Infinity, 3.4e38, -3.4e38].map(bitsOf)
const notANumber = [0x7fc00000, 0xffc00000, 0x7f800001, 0xffffffff]

function bitsOf(value: number): number {
  return new Uint32Array(Float32Array.of(value).buffer)[0]!
}

const backend = cpuBackend({ threads: 1 })

/** Maxima and minima of rows (stride 1 within a row) or of columns. */
function extrema(values: Float32Array, rows: number, strides: readonly [number, number]): number[][] {
  const length = values.length / rows
  const program = loopProgram((write) => {
    const x = write.input('float32', values.length)
    const value = write.load(x, affine(strides))
    return {
      extents: [rows],
      steps: [
        ...(['maximum', 'minimum'] as const).map((combine) => {
          return { kind: 'reduce', extents: [length], combine, value } as const
        }),
        ...[0, 1].map((step) => {
          const out = write.output('float32', rows)
          return {
            kind: 'store',
            extents: [],
            buffer: out,
            index: affine([1]),
            value: { kind: 'result', step, dtype: 'float32' },
          } as const
        }),
      ],
    }
  })
  return backend.prepare(program, []).runSync!([values]).map((found) => [...found])
}

const values = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...special) },
    { weight: 3, arbitrary: fc.float({ noNaN: true }).map(bitsOf) },
    { weight: 1, arbitrary: fc.constantFrom(...notANumber) },
  ),
  { minLength: 1, maxLength: 40 },
)

/** Row r is the values from the r-th on, and round again. */
function turned(bits: readonly number[], row: number): number[] {
  return bits.map((_, place) => bits[(row + place) % bits.length]!)
}

test('maxima and minima mind NaN and the sign of zero', () => {
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 9 }), (bits, rows) => {
      const table = Array.from({ length: rows }, (_, row) => turned(bits, row))
      const floats = (words: readonly number[]): Float32Array => new Float32Array(Uint32Array.from(words).buffer)
      const expected = [Math.max, Math.min].map((extremum) => table.map((row) => extremum(...floats(row))))
      const columns = bits.flatMap((_, place) => table.map((row) => row[place]!))
      expect(extrema(floats(table.flat()), rows, [bits.length, 1])).toEqual(expected)
      expect(extrema(floats(columns), rows, [1, rows])).toEqual(expected)
    }),
  )
})
