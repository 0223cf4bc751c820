import { type Tensor, tensor } from '@neurite/tensor'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeSafetensors } from './decode.ts'
import { SafetensorsError } from './errors.ts'
import { readSafetensorsStream } from './read-stream.ts'
import { openSafetensors } from './safetensors-file.ts'
import { writeSafetensors } from './write.ts'
import { writeSafetensorsStream } from './write-stream.ts'

const tensors: Record<string, Tensor> = {
  'a.weight': tensor([
    [1, 2],
    [3, 4],
  ]),
  'a.bias': tensor([0.5], { dtype: 'float64' }),
  counts: tensor(Int32Array.of(1, -2, 3)),
  empty: tensor(new Float32Array(0), { shape: [0] }),
  mask: tensor([true, false, true]),
}
const whole = await writeSafetensors(tensors, { metadata: { k: 'v' } })

/** The bytes in chunks of the sizes given, over and over; `isStopped` tells whether the reader has said that it wants no more. */
function chunked(bytes: Uint8Array, sizes: readonly number[]) {
  const state = { isStopped: false, sent: 0 }
  async function* chunks(): AsyncGenerator<Uint8Array> {
    try {
      for (let i = 0; state.sent < bytes.length; i++) {
        const chunk = bytes.subarray(state.sent, state.sent + sizes[i % sizes.length]!)
        state.sent += chunk.length
        yield chunk
      }
    } finally {
      state.isStopped = true
    }
  }
  return { state, chunks: chunks() }
}

async function readAll(chunks: Parameters<typeof readSafetensorsStream>[0]): Promise<Map<string, Tensor>> {
  const found = new Map<string, Tensor>()
  for await (const [name, value] of readSafetensorsStream(chunks)) found.set(name, value)
  return found
}

const chunkSizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 })

describe('reading a stream', () => {
  it('gives all tensors in the order of their bytes, however the chunks are cut', () =>
    fc.assert(
      fc.asyncProperty(chunkSizes, async (sizes) => {
        const found = await readAll(chunked(whole, sizes).chunks)
        expect([...found.keys()]).toEqual(Object.keys(decodeSafetensors(whole).arrays))
        for (const [name, value] of found) expect(value.dataSync()).toEqual(tensors[name]!.dataSync())
      }),
      { numRuns: 30 },
    ))

  it('takes the body of a response', async () => {
    const found = await readAll(new Response(whole).body!)
    expect(found.get('a.weight')!.toArraySync()).toEqual([
      [1, 2],
      [3, 4],
    ])
  })

  it('asks for no more than the tensors wanted, and tells the sender', async () => {
    const { state, chunks } = chunked(whole, [1])
    for await (const [name] of readSafetensorsStream(chunks)) {
      expect(name).toBe('a.bias')
      break
    }
    const { byteLength } = await openSafetensors(whole).then(({ entries }) => ({
      byteLength: whole.length - entries.at(-1)!.end + entries[0]!.end,
    }))
    expect(state).toEqual({ isStopped: true, sent: byteLength })
  })

  it.each([
    ['cut', whole.subarray(0, -1), 'Is the file complete?'],
    ['cut in its header', whole.subarray(0, 30), 'but only 22 follow its length'],
    ['longer than it says', Uint8Array.of(...whole, 0), 'The rest belongs to no tensor'],
    ['empty', new Uint8Array(0), 'too few'],
  ])('refuses a file that is %s', async (_, bytes, message) => {
    const reading = readAll(chunked(bytes, [7]).chunks)
    await expect(reading).rejects.toThrow(SafetensorsError)
    await expect(reading).rejects.toThrow(message)
  })

  it('of any changed bytes, like opening them, gives tensors or a SafetensorsError, as reading them whole does', () => {
    const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 })), { maxLength: 4 })
    return fc.assert(
      fc.asyncProperty(changes, fc.integer({ min: -20, max: 20 }), chunkSizes, async (changes, growth, sizes) => {
        const bytes = new Uint8Array(Math.max(0, whole.length + growth))
        bytes.set(whole.subarray(0, bytes.length))
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value
        const outcome = async (read: () => Promise<unknown> | unknown): Promise<string> => {
          try {
            await read()
            return 'read'
          } catch (error) {
            expect(error).toBeInstanceOf(SafetensorsError)
            return 'refused'
          }
        }
        const expected = await outcome(() => decodeSafetensors(bytes))
        expect(await outcome(() => readAll(chunked(bytes, sizes).chunks))).toBe(expected)
        expect(await outcome(async () => (await openSafetensors(bytes)).tensors())).toBe(expected)
      }),
      { numRuns: 400 },
    )
  })
})

describe('writing a stream', () => {
  it('gives the bytes of the whole file, tensor by tensor', async () => {
    const chunks: Uint8Array[] = []
    for await (const chunk of writeSafetensorsStream(tensors, { metadata: { k: 'v' } })) chunks.push(chunk)
    expect(Uint8Array.from(chunks.flatMap((chunk) => [...chunk]))).toEqual(whole)
    expect(chunks.length).toBe(1 + Object.values(tensors).filter(({ size }) => size > 0).length)
  })

  it('computes a tensor when its turn comes', async () => {
    const [first, second] = [tensor([1, 2]).add(1), tensor(Uint8Array.of(1)).add(1)]
    const chunks = writeSafetensorsStream({ first, second })
    await chunks.next()
    expect([first.realized, second.realized]).toEqual([undefined, undefined])
    await chunks.next()
    expect(second.realized).toBeUndefined()
    expect([...first.realized!]).toEqual([2, 3])
    await chunks.return(undefined)
  })
})
