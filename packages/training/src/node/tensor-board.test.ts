import '@neurite/backend-cpu/install'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Linear, parameters } from '@neurite/layers'
import { meanSquaredError } from '@neurite/losses'
import { SGD } from '@neurite/optimizers'
import { tensor } from '@neurite/tensor'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { MemoryStorage, Trainer } from '../index.ts'
import { TensorBoardLog } from './index.ts'
import { encodeEvent } from './tensor-board-events.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'neurite-tensor-board-'))
})

afterEach(() => rm(folder, { recursive: true }))

// Written from the descriptions of the formats alone, with nothing of what the encoder uses.

/** CRC-32C (Castagnoli) bit by bit, as RFC 3720 § 12.1 defines it. */
function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0x82f63b78 : 0)
  }
  return ~crc >>> 0
}

const masked = (bytes: Uint8Array): number => {
  const crc = crc32c(bytes)
  return (((crc >>> 15) | ((crc << 17) >>> 0)) + 0xa282ead8) % 2 ** 32
}

/** The payloads of TFRecords, their checksums checked. */
function readRecords(file: Uint8Array): Uint8Array[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const payloads: Uint8Array[] = []
  for (let at = 0; at < file.length; ) {
    const length = Number(view.getBigUint64(at, true))
    expect(view.getUint32(at + 8, true)).toBe(masked(file.subarray(at, at + 8)))
    const payload = file.subarray(at + 12, at + 12 + length)
    expect(view.getUint32(at + 12 + length, true)).toBe(masked(payload))
    payloads.push(payload)
    at += 16 + length
  }
  return payloads
}

type Field = readonly [field: number, value: number | Uint8Array]

/** A protocol buffer's fields, by the wire format alone. */
function readFields(bytes: Uint8Array): Field[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0
  const varint = (): number => {
    for (let [value, factor] = [0, 1]; ; factor *= 128) {
      const byte = bytes[at++]!
      value += (byte & 127) * factor
      if (byte < 128) return value
    }
  }
  const value = (wire: number): number | Uint8Array => {
    if (wire === 0) return varint()
    const length = wire === 1 ? 8 : wire === 5 ? 4 : varint()
    at += length
    if (wire === 1) return view.getFloat64(at - 8, true)
    return wire === 5 ? view.getFloat32(at - 4, true) : bytes.subarray(at - length, at)
  }
  const fields: Field[] = []
  while (at < bytes.length) {
    const key = varint()
    fields.push([key >>> 3, value(key & 7)])
  }
  return fields
}

const text = (bytes: unknown): string => new TextDecoder().decode(bytes as Uint8Array)

interface ReadEvent {
  readonly step: number
  readonly version?: string
  readonly scalars?: Record<string, number>
  readonly session?: number
}

/** Event: 1 wall time, 2 step, 3 file version, 5 summary (1 value: 1 tag, 2 number), 7 session log (1 status). */
function readEvent(payload: Uint8Array): ReadEvent {
  const event = new Map(readFields(payload))
  expect(Math.abs((event.get(1) as number) - Date.now() / 1000)).toBeLessThan(60)
  const summary = event.get(5) as Uint8Array | undefined
  const values = summary && readFields(summary).map(([, entry]) => new Map(readFields(entry as Uint8Array)))
  return {
    step: event.get(2) as number,
    ...(event.has(3) && { version: text(event.get(3)) }),
    ...(values && { scalars: Object.fromEntries(values.map((value) => [text(value.get(1)), value.get(2) as number])) }),
    ...(event.has(7) && { session: new Map(readFields(event.get(7) as Uint8Array)).get(1) as number }),
  }
}

test('the checksum is that of RFC 3720', () => {
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa)
  expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43)
  expect(crc32c(new TextEncoder().encode('123456789'))).toBe(0xe3069283)
})

test('events are what readers of TensorFlow find', () => {
  const wallTime = Date.now() / 1000
  const scalars = { 'training/loss': 0.25, größe: Number.NaN, far: 1e30 }
  const bytes = encodeEvent({ wallTime, step: 3_000_000_000, scalars })
  const event = readEvent(readRecords(bytes)[0]!)
  expect(event).toEqual({ step: 3_000_000_000, scalars: { ...scalars, far: Math.fround(1e30) } })
})

test('each epoch is a point; a resumed run says from where on an earlier file is out of date', async () => {
  const storage = new MemoryStorage()
  const run = async (epochs: number) => {
    const model = new Linear(1, 1)
    const trainer = new Trainer({
      model,
      loss: meanSquaredError,
      optimizer: new SGD(parameters(model), { learningRate: 0.25 }),
    })
    const data = [[tensor([[1]]), tensor([[2]])]] as never
    const callbacks = [new TensorBoardLog(folder)]
    return (await trainer.fit(data, { epochs, validation: data, checkpoint: { storage }, callbacks })).history
  }
  await run(2)
  const history = await run(3)
  const names = (await readdir(folder)).sort()
  expect(names).toHaveLength(2)
  for (const name of names) expect(name).toMatch(/^events\.out\.tfevents\.\d+\./)
  const files = await Promise.all(
    names.map(async (name) => readRecords(await readFile(join(folder, name))).map(readEvent)),
  )
  const [first, second] = files.sort((a, b) => b.length - a.length)
  const point = (epoch: number) => ({
    step: epoch,
    scalars: {
      'learning rate': 0.25,
      'training/loss': Math.fround(history[epoch - 1]!.training.loss),
      'validation/loss': Math.fround(history[epoch - 1]!.validation!.loss),
    },
  })
  expect(first).toEqual([{ step: 0, version: 'brain.Event:2' }, { step: 0, session: 1 }, point(1), point(2)])
  expect(second).toEqual([{ step: 0, version: 'brain.Event:2' }, { step: 3, session: 1 }, point(3)])
})
