// Encoding and decoding together, and both against files put together by hand from the format's description.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SafetensorsArray } from './array.ts'
import { decodeSafetensors } from './decode.ts'
import { encodeSafetensors } from './encode.ts'
import { SafetensorsError } from './errors.ts'
import { fileOf } from './test/file-of.ts'

const shape = fc.array(fc.nat(4), { maxLength: 4 })
const array: fc.Arbitrary<SafetensorsArray> = shape.chain((shape) => {
  const size = shape.reduce((product, length) => product * length, 1)
  const exactly = { minLength: size, maxLength: size }
  return fc.oneof(
    fc.float32Array(exactly).map((data) => ({ dtype: 'float32' as const, shape, data })),
    fc.float64Array(exactly).map((data) => ({ dtype: 'float64' as const, shape, data })),
    fc.int32Array(exactly).map((data) => ({ dtype: 'int32' as const, shape, data })),
    fc.uint8Array(exactly).map((data) => ({ dtype: 'uint8' as const, shape, data })),
    fc.uint8Array({ ...exactly, max: 1 }).map((data) => ({ dtype: 'bool' as const, shape, data })),
  )
})
const name = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('__proto__', 'constructor', '0', '10', 'layer.weight', ''),
)
const arrays = fc.dictionary(
  name.filter((name) => name !== '__metadata__'),
  array,
  { maxKeys: 6 },
)
const metadata = fc.dictionary(name, fc.string({ unit: 'grapheme' }), { maxKeys: 3 })

describe('round trips', () => {
  test('arrays and metadata come back as they went', () => {
    fc.assert(
      fc.property(arrays, metadata, (arrays, metadata) => {
        const read = decodeSafetensors(encodeSafetensors(arrays, { metadata }))
        expect(Object.keys(read.arrays).sort()).toEqual(Object.keys(arrays).sort())
        for (const [name, array] of Object.entries(arrays)) expect(read.arrays[name]).toEqual(array)
        expect(new Map(Object.entries(read.metadata))).toEqual(new Map(Object.entries(metadata)))
      }),
    )
  })

  test('the order of the arrays does not change the bytes', () => {
    fc.assert(
      fc.property(arrays, metadata, (arrays, metadata) => {
        const reversed = <V>(record: Record<string, V>): Record<string, V> => {
          const copy: Record<string, V> = Object.create(null)
          for (const [name, value] of Object.entries(record).reverse()) copy[name] = value
          return copy
        }
        const bytes = encodeSafetensors(arrays, { metadata })
        expect(encodeSafetensors(reversed(arrays), { metadata: reversed(metadata) })).toEqual(bytes)
        expect(encodeSafetensors(decodeSafetensors(bytes).arrays, { metadata })).toEqual(bytes)
      }),
    )
  })

  test('every array is aligned to its elements in the file', () => {
    fc.assert(
      fc.property(arrays, (arrays) => {
        const bytes = encodeSafetensors(arrays)
        const headerLength = new DataView(bytes.buffer).getUint32(0, true)
        expect(headerLength % 8).toBe(0)
        const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerLength)))
        for (const [name, { data }] of Object.entries(arrays))
          expect(header[name].data_offsets[0] % data.BYTES_PER_ELEMENT).toBe(0)
      }),
    )
  })

  test('a file inside a larger buffer is read from where it starts, and copied', () => {
    const bytes = encodeSafetensors({ x: { dtype: 'float64', shape: [2], data: Float64Array.of(1.5, -2) } })
    const larger = Buffer.alloc(bytes.length + 3)
    larger.set(bytes, 3)
    const { arrays } = decodeSafetensors(larger.subarray(3))
    larger.fill(0)
    expect(arrays.x!.data).toEqual(Float64Array.of(1.5, -2))
  })

  test('an ArrayBuffer is as good as its bytes', () => {
    const bytes = encodeSafetensors({ x: { dtype: 'uint8', shape: [], data: Uint8Array.of(7) } })
    expect(decodeSafetensors(bytes.buffer)).toEqual(decodeSafetensors(bytes))
  })
})

describe('bytes', () => {
  test('a small file has exactly the bytes that the format describes', () => {
    const header =
      '{"__metadata__":{"format":"pt"},' +
      '"weight":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"mask":{"dtype":"BOOL","shape":[3],"data_offsets":[8,11]}}'
    const padding = ' '.repeat((8 - (header.length % 8)) % 8)
    // 1.0 is 3f800000, −2.5 is c0200000.
    const golden = fileOf(header + padding, [0, 0, 0x80, 0x3f, 0, 0, 0x20, 0xc0, 1, 0, 1])
    const arrays = {
      mask: { dtype: 'bool', shape: [3], data: Uint8Array.of(1, 0, 1) },
      weight: { dtype: 'float32', shape: [2, 1], data: Float32Array.of(1, -2.5) },
    } as const
    expect(encodeSafetensors(arrays, { metadata: { format: 'pt' } })).toEqual(golden)
    expect(decodeSafetensors(golden)).toEqual({ arrays, metadata: { format: 'pt' } })
  })

  test('a file of another writer, unordered, unaligned and with spaces, is read', () => {
    const golden = fileOf(
      '{ "b" : {"shape":[1],"data_offsets":[1,5],"dtype":"I32"} ,\n "a":{"dtype":"U8","shape":[],"data_offsets":[0,1]}}  ',
      [9, 0xfe, 0xff, 0xff, 0xff],
    )
    expect(decodeSafetensors(golden)).toEqual({
      arrays: {
        a: { dtype: 'uint8', shape: [], data: Uint8Array.of(9) },
        b: { dtype: 'int32', shape: [1], data: Int32Array.of(-2) },
      },
      metadata: {},
    })
  })

  test('nothing at all is a valid file', () => {
    expect(decodeSafetensors(fileOf('{}'))).toEqual({ arrays: {}, metadata: {} })
    expect(encodeSafetensors({})).toEqual(fileOf('{}      '))
  })

  test('names are ordered by their UTF-8 bytes, as other writers do', () => {
    const one = { dtype: 'uint8', shape: [], data: Uint8Array.of(1) } as const
    // In UTF-16, U+1F600 comes before U+FF5E; in UTF-8 after it.
    const names = ['a', 'b', '\u{ff5e}', '\u{1f600}']
    const read = decodeSafetensors(
      encodeSafetensors(Object.fromEntries([...names].reverse().map((name) => [name, one]))),
    )
    expect(Object.keys(read.arrays)).toEqual(names)
  })
})

describe('hostile files', () => {
  const entry = (dtype: string, shape: string, offsets: string): string =>
    `{"dtype":${dtype},"shape":${shape},"data_offsets":${offsets}}`
  const four = [1, 2, 3, 4]

  test.each([
    ['too few bytes for a length', Uint8Array.of(1, 2, 3), '3 bytes are too few'],
    ['a header longer than the file', Uint8Array.of(9, 0, 0, 0, 0, 0, 0, 0, 0x7b), 'only 1 follow'],
    ['a header of 2⁶⁴ − 1 bytes', new Uint8Array(16).fill(0xff), 'at most 100000000'],
    ['an empty header', fileOf(''), 'does not begin with'],
    ['another format', fileOf('PK\u0003\u0004'), 'does not begin with'],
    ['a list', fileOf('[]'), 'does not begin with'],
    ['space before the header', fileOf(' {}'), 'does not begin with'],
    ['half an object', fileOf('{"a":'), 'no valid JSON'],
    [
      'a name twice',
      fileOf(`{"a":${entry('"U8"', '[4]', '[0,4]')},"a":${entry('"U8"', '[4]', '[0,4]')}}`, four),
      '"a" twice',
    ],
    ['an entry that is no object', fileOf('{"a":[]}'), '"a" needs exactly'],
    ['an entry that is null', fileOf('{"a":null}'), '"a" needs exactly'],
    ['a missing field', fileOf('{"a":{"dtype":"U8","shape":[]}}'), '"a" needs exactly'],
    ['a field too many', fileOf('{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0],"x":1}}'), '"a" needs exactly'],
    ['a dtype that is a number', fileOf(`{"a":${entry('8', '[4]', '[0,4]')}}`, four), 'dtype is no string'],
    ['a dtype not supported', fileOf(`{"a":${entry('"F8_E4M3"', '[4]', '[0,4]')}}`, four), '"a" has dtype "F8_E4M3"'],
    ['a shape that is a number', fileOf(`{"a":${entry('"U8"', '4', '[0,4]')}}`, four), 'no list of integers'],
    ['a shape of strings', fileOf(`{"a":${entry('"U8"', '["4"]', '[0,4]')}}`, four), 'no list of integers'],
    ['a negative size', fileOf(`{"a":${entry('"U8"', '[-4]', '[0,4]')}}`, four), 'only non-negative integers'],
    ['a fractional size', fileOf(`{"a":${entry('"U8"', '[4.0]', '[0,4]')}}`, four), 'only non-negative integers'],
    ['a size beyond 2⁵³', fileOf(`{"a":${entry('"U8"', '[9007199254740993]', '[0,4]')}}`, four), 'no list of integers'],
    ['sizes that overflow', fileOf(`{"a":${entry('"U8"', '[4294967296,4294967296]', '[0,0]')}}`), 'too large'],
    ['sizes that overflow to 0', fileOf(`{"a":${entry('"F64"', '[9007199254740991,0]', '[0,0]')}}`), 'too large'],
    ['one offset', fileOf(`{"a":${entry('"U8"', '[4]', '[4]')}}`, four), 'no pair of integers'],
    ['offsets that are an object', fileOf(`{"a":${entry('"U8"', '[4]', '{}')}}`, four), 'no pair of integers'],
    ['offsets the wrong way round', fileOf(`{"a":${entry('"U8"', '[4]', '[4,0]')}}`, four), 'hold -4'],
    ['fewer bytes than the shape', fileOf(`{"a":${entry('"F32"', '[2]', '[0,4]')}}`, four), 'takes 8 bytes'],
    ['offsets beyond the file', fileOf(`{"a":${entry('"U8"', '[5]', '[0,5]')}}`, four), 'Is the file complete?'],
    ['bytes of no tensor at the end', fileOf(`{"a":${entry('"U8"', '[3]', '[0,3]')}}`, four), 'belongs to no tensor'],
    ['bytes of no tensor at the start', fileOf(`{"a":${entry('"U8"', '[3]', '[1,4]')}}`, four), 'belong to no tensor'],
    [
      'bytes of two tensors',
      fileOf(`{"a":${entry('"U8"', '[3]', '[0,3]')},"b":${entry('"U8"', '[2]', '[2,4]')}}`, four),
      'the bytes overlap',
    ],
    ['data without tensors', fileOf('{}', four), 'belongs to no tensor'],
    ['metadata that is a list', fileOf('{"__metadata__":["a"]}'), 'must be an object of strings'],
    ['metadata that is a tensor', fileOf(`{"__metadata__":${entry('"U8"', '[0]', '[0,0]')}}`), '"shape" is none'],
    ['metadata with a number', fileOf('{"__metadata__":{"a":1}}'), '"a" is none'],
    ['a bool of 2', fileOf(`{"a":${entry('"BOOL"', '[4]', '[0,4]')}}`, [0, 1, 2, 0]), 'element 2 is 2'],
  ])('%s is an error that says so', (_, bytes, message) => {
    expect(() => decodeSafetensors(bytes)).toThrow(SafetensorsError)
    expect(() => decodeSafetensors(bytes)).toThrow(message)
  })

  test('a header that is no UTF-8 is an error', () => {
    const bytes = fileOf('{"x":1}')
    bytes[10] = 0xff
    expect(() => decodeSafetensors(bytes)).toThrow('no valid UTF-8')
  })

  test('a name as long as a book is cut in the message', () => {
    try {
      decodeSafetensors(fileOf(`{"${'x'.repeat(10_000)}":1}`))
      expect.unreachable()
    } catch (error) {
      expect((error as Error).message.length).toBeLessThan(300)
    }
  })

  test('any bytes give content or a SafetensorsError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => readOrRefuse(bytes)),
      { numRuns: 500 },
    )
  })

  test('any JSON for a header gives content or a SafetensorsError', () => {
    const field = fc.oneof(fc.jsonValue(), fc.constantFrom('F32', 'U8', 'BOOL', [2], [0, 8], [0, 2], [1e300], [-1]))
    const plausible = fc.record({ dtype: field, shape: field, data_offsets: field }, { requiredKeys: [] })
    const header = fc.dictionary(fc.oneof(name, fc.constant('__metadata__')), fc.oneof(plausible, fc.jsonValue()))
    fc.assert(
      fc.property(header, fc.uint8Array({ maxLength: 16 }), (header, data) =>
        readOrRefuse(fileOf(JSON.stringify(header), [...data])),
      ),
      { numRuns: 1000 },
    )
  })

  test('a valid file with bytes changed, cut or added gives content or a SafetensorsError', () => {
    const valid = encodeSafetensors(
      {
        a: { dtype: 'float32', shape: [2], data: Float32Array.of(1, 2) },
        b: { dtype: 'bool', shape: [1], data: Uint8Array.of(1) },
      },
      { metadata: { k: 'v' } },
    )
    const changes = fc.array(fc.tuple(fc.nat(valid.length - 1), fc.integer({ min: 0, max: 255 })), { maxLength: 4 })
    fc.assert(
      fc.property(changes, fc.integer({ min: -20, max: 20 }), (changes, growth) => {
        const bytes = new Uint8Array(valid.length + growth)
        bytes.set(valid.subarray(0, bytes.length))
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value
        readOrRefuse(bytes)
      }),
      { numRuns: 2000 },
    )
  })
})

function readOrRefuse(bytes: Uint8Array): void {
  try {
    const { arrays } = decodeSafetensors(bytes)
    for (const { data, shape } of Object.values(arrays))
      expect(data.length).toBe(shape.reduce((product, length) => product * length, 1))
  } catch (error) {
    expect(error).toBeInstanceOf(SafetensorsError)
  }
}

describe('arrays that cannot be written', () => {
  const data = Float32Array.of(1, 2)

  test('data that does not fit its shape or dtype is an error that names the tensor', () => {
    expect(() => encodeSafetensors({ w: { dtype: 'float32', shape: [3], data } })).toThrow(
      'Tensor "w": float32 of shape [3] does not fit its data, 2 elements in a Float32Array.',
    )
    expect(() => encodeSafetensors({ w: { dtype: 'int32', shape: [2], data } })).toThrow(
      'int32 of shape [2] does not fit',
    )
    expect(() => encodeSafetensors({ w: { dtype: 'float32', shape: [-1, -2], data } })).toThrow(SafetensorsError)
    expect(() => encodeSafetensors({ w: { dtype: 'float32', shape: [4, 0.5], data } })).toThrow(SafetensorsError)
  })

  test('the name of the metadata is taken', () => {
    expect(() => encodeSafetensors({ __metadata__: { dtype: 'float32', shape: [2], data } })).toThrow(
      'the name is taken',
    )
  })

  test('half a character is no name and no metadata', () => {
    expect(() => encodeSafetensors({ '\ud800': { dtype: 'float32', shape: [2], data } })).toThrow('lone surrogate')
    expect(() => encodeSafetensors({}, { metadata: { a: '\udc00x' } })).toThrow('lone surrogate')
    expect(() => encodeSafetensors({}, { metadata: { '\ud83d': 'x' } })).toThrow('lone surrogate')
  })
})
