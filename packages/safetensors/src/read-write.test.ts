import { tensor } from '@neurite/tensor'
import { expect, test } from 'vitest'
import { decodeSafetensors } from './decode.ts'
import { readSafetensors } from './read.ts'
import { writeSafetensors } from './write.ts'

test('tensors of every dtype come back as they went', async () => {
  const tensors = {
    weight: tensor([
      [1.5, -2],
      [Number.NaN, Number.POSITIVE_INFINITY],
    ]),
    precise: tensor([0.1], { dtype: 'float64' }),
    steps: tensor(Int32Array.of(-7)),
    bytes: tensor(Uint8Array.of(0, 255), { shape: [1, 2, 1] }),
    mask: tensor([true, false]),
    scalar: tensor(3),
  }
  const read = readSafetensors(await writeSafetensors(tensors))
  expect(Object.keys(read).sort()).toEqual(Object.keys(tensors).sort())
  for (const [name, { shape, dtype }] of Object.entries(tensors)) {
    expect([read[name]!.dtype, read[name]!.shape]).toEqual([dtype, shape])
    expect(read[name]!.dataSync()).toEqual(tensors[name as keyof typeof tensors].dataSync())
  }
})

test('a tensor that is not known yet is computed', async () => {
  const sum = tensor([1, 2]).add(tensor([10, 20]))
  expect([...readSafetensors(await writeSafetensors({ sum })).sum!.dataSync()]).toEqual([11, 22])
})

test('metadata is written too', async () => {
  const bytes = await writeSafetensors({ x: tensor([1]) }, { metadata: { format: 'pt' } })
  expect(decodeSafetensors(bytes).metadata).toEqual({ format: 'pt' })
})

test('a tensor may be called like a property of every object', async () => {
  const tensors = JSON.parse('{"__proto__":0,"constructor":0,"toString":0}')
  for (const name of Object.keys(tensors))
    Object.defineProperty(tensors, name, { value: tensor(name.length), enumerable: true })
  const read = readSafetensors(await writeSafetensors(tensors))
  expect(Object.entries(read).map(([name, value]) => [name, value.itemSync()])).toEqual([
    ['__proto__', 9],
    ['constructor', 11],
    ['toString', 8],
  ])
})
