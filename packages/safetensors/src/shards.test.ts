import { type Tensor, tensor } from '@neurite/tensor'
import { describe, expect, it } from 'vitest'
import { SafetensorsError } from './errors.ts'
import { openSafetensors } from './safetensors-file.ts'
import { openSafetensorsShards } from './shards.ts'
import { writeSafetensors } from './write.ts'

const files: Record<string, Uint8Array> = {
  'model-00001-of-00002.safetensors': await writeSafetensors({ a: tensor([1]) as Tensor, b: tensor([2]) as Tensor }),
  'model-00002-of-00002.safetensors': await writeSafetensors({ c: tensor([3]) as Tensor }),
}
const index = JSON.stringify({
  metadata: { total_size: 12 },
  weight_map: {
    a: 'model-00001-of-00002.safetensors',
    b: 'model-00001-of-00002.safetensors',
    c: 'model-00002-of-00002.safetensors',
  },
})

describe('a model in several files', () => {
  it('is read by name, each file opened when it is needed, once', async () => {
    const opened: string[] = []
    const model = openSafetensorsShards(index, (file) => {
      opened.push(file)
      return openSafetensors(files[file]!)
    })
    expect(model.names).toEqual(['a', 'b', 'c'])
    expect(opened).toEqual([])
    expect((await model.tensor('b')).toArraySync()).toEqual([2])
    expect(opened).toEqual(['model-00001-of-00002.safetensors'])
    const all = await model.tensors()
    expect(Object.entries(all).map(([name, value]) => [name, value.itemSync()])).toEqual([
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ])
    expect(opened).toHaveLength(2)
    const order: string[] = []
    for await (const [name] of model) order.push(name)
    expect(order).toEqual(['a', 'b', 'c'])
    await expect(model.tensor('d')).rejects.toThrow('There is no tensor "d" in the index')
  })

  it.each([
    ['no JSON', '{', 'no valid JSON'],
    ['no map', '{"weight_map":[]}', 'no weight_map'],
    ['a file that is a number', '{"weight_map":{"a":3}}', 'no plain file name'],
    ['a file in another folder', '{"weight_map":{"a":"../secret.safetensors"}}', 'no plain file name'],
    ['a folder', '{"weight_map":{"a":".."}}', 'no plain file name'],
    ['an address', '{"weight_map":{"a":"https://example.org/x"}}', 'no plain file name'],
  ])('refuses an index with %s', (_, text, message) => {
    const opening = (): unknown => openSafetensorsShards(text, () => openSafetensors(files.a!))
    expect(opening).toThrow(SafetensorsError)
    expect(opening).toThrow(message)
  })
})
