import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Tensor, tensor } from '@neurite/tensor'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SafetensorsError } from './errors.ts'
import { openSafetensors } from './safetensors-file.ts'
import type { SafetensorsSource } from './source.ts'
import { writeSafetensors } from './write.ts'

const tensors = {
  weight: tensor([
    [1.5, -2],
    [3, 4],
  ]) as Tensor,
  steps: tensor(Int32Array.of(-7)) as Tensor,
  mask: tensor([true, false, true]) as Tensor,
  empty: tensor(new Float32Array(0), { shape: [0, 3] }) as Tensor,
}
const bytes = await writeSafetensors(tensors, { metadata: { format: 'pt' } })

/** A source that writes down what is read of it. */
function watched(): SafetensorsSource & { readonly reads: [number, number][] } {
  const reads: [number, number][] = []
  return {
    size: bytes.length,
    reads,
    async read(start, end) {
      reads.push([start, end])
      return bytes.subarray(start, end)
    },
  }
}

/** A server of the file that knows ranges at /ranges, knows none at /whole, has nothing elsewhere and lies at /short. */
let server: Server
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'safetensors-'))
  await writeFile(join(folder, 'model.safetensors'), bytes)
  server = createServer((request, response) => {
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '')
    if (request.url === '/whole') response.end(bytes)
    else if (range === null || (request.url !== '/ranges' && request.url !== '/short')) response.writeHead(404).end()
    else {
      const [first, last] = [Number(range[1]), Number(range[2])]
      response.writeHead(206, { 'content-range': `bytes ${first}-${last}/${bytes.length}` })
      response.end(bytes.subarray(first, request.url === '/short' && first > 0 ? last : last + 1))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  server.close()
  await rm(folder, { recursive: true })
})

const url = (path: string): URL => new URL(path, `http://127.0.0.1:${(server.address() as AddressInfo).port}`)

describe('an open file', () => {
  it('has read its header alone, and reads of each tensor the bytes that are its own', async () => {
    const source = watched()
    const file = await openSafetensors(source)
    const dataStart = bytes.length - file.entries.at(-1)!.end
    expect(source.reads).toEqual([
      [0, 8],
      [8, dataStart],
    ])
    expect(file.metadata).toEqual({ format: 'pt' })
    expect([...file.names].sort()).toEqual(Object.keys(tensors).sort())
    expect([file.has('weight'), file.has('bias')]).toEqual([true, false])

    const weight = await file.tensor('weight')
    const { start, end } = file.entries.find(({ name }) => name === 'weight')!
    expect(source.reads.slice(2)).toEqual([[dataStart + start, dataStart + end]])
    expect(weight.toArraySync()).toEqual(tensors.weight.toArraySync())
  })

  it.each<[string, () => Promise<Parameters<typeof openSafetensors>[0]>]>([
    ['bytes', async () => bytes],
    ['an ArrayBuffer', async () => bytes.buffer],
    ['a Blob', async () => new Blob([bytes])],
    ['a file of Node', () => open(join(folder, 'model.safetensors'))],
    ['a URL', async () => url('/ranges')],
  ])('comes from %s', async (_, from) => {
    const source = await from()
    const file = await openSafetensors(source)
    const found = await file.tensors()
    expect(Object.keys(found)).toEqual(file.names)
    for (const [name, { shape, dtype }] of Object.entries(tensors)) {
      expect([found[name]!.shape, found[name]!.dtype]).toEqual([shape, dtype])
      expect(found[name]!.dataSync()).toEqual(tensors[name as keyof typeof tensors].dataSync())
    }
    const order: string[] = []
    for await (const [name] of file) order.push(name)
    expect(order).toEqual(file.names)
    if ('close' in source) await (source as { close(): Promise<void> }).close()
  })

  it('says which tensors there are if one is not', async () => {
    const file = await openSafetensors(bytes)
    await expect(file.tensor('bias')).rejects.toThrow('There is no tensor "bias" in the file, but 4 others: "')
  })
})

describe('a source that does not keep its word is an error', () => {
  it.each([
    ['a server without ranges', '/whole', 'the server knows no ranges'],
    ['a server without the file', '/none', 'answered 404'],
    ['a server that sends too little', '/short', 'Has the file changed?'],
  ])('%s', async (_, path, message) => {
    const opening = openSafetensors(url(path))
    await expect(opening).rejects.toThrow(SafetensorsError)
    await expect(opening).rejects.toThrow(message)
  })

  it('a file that is cut, before and after it is opened', async () => {
    for (const length of [0, 7, 8, 20, bytes.length - 1])
      await expect(openSafetensors(bytes.subarray(0, length))).rejects.toThrow(SafetensorsError)
    const source = watched()
    const file = await openSafetensors({
      ...source,
      read: async (start: number, end: number) => bytes.subarray(start, Math.min(end, 300)),
    })
    await expect(file.tensors()).rejects.toThrow('Has the file changed?')
  })

  it('a header that promises more than there is, of which nothing is asked for', async () => {
    const reads: number[] = []
    const liar: SafetensorsSource = {
      size: 64,
      async read(start, end) {
        reads.push(end - start)
        return new Uint8Array(end - start).fill(start === 0 ? 1 : 0x20)
      },
    }
    await expect(openSafetensors(liar)).rejects.toThrow('at most 100000000')
    expect(reads).toEqual([8])
  })
})
