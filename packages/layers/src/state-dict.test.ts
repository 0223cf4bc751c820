import { type Tensor, tensor, Variable, zeros } from '@neurite/tensor'
import { describe, expect, test } from 'vitest'
import { Linear, loadStateDict, Parameter, Sequential, stateDict } from './index.ts'

const twoLayers = (): Sequential => new Sequential(new Linear(3, 2), new Linear(2, 1, { bias: false }))

describe('stateDict', () => {
  test('holds parameters and buffers under PyTorch’s names', () => {
    const module = { weight: new Parameter(zeros([2])), runningMean: new Variable(zeros([3])) }
    expect(Object.keys(stateDict(module))).toEqual(['weight', 'running_mean'])
  })

  test('is a snapshot: later assignments do not change it', () => {
    const layer = new Linear(1, 1)
    const before = stateDict(layer)
    const value = before.weight!.itemSync()
    layer.weight.assign(layer.weight.value.add(1))
    expect(before.weight!.itemSync()).toBe(value)
    expect(layer.weight.value.itemSync()).toBeCloseTo(value + 1, 6)
  })
})

describe('loadStateDict', () => {
  test('makes another model of the same architecture give the same results', () => {
    const [source, target] = [twoLayers(), twoLayers()]
    const x = tensor([[1, -2, 3]])
    const difference = loadStateDict(target, stateDict(source))
    expect(difference).toEqual({ missing: [], unexpected: [] })
    expect(target.forward(x).toArraySync()).toEqual(source.forward(x).toArraySync())
  })

  test('takes a map as well', () => {
    const [source, target] = [twoLayers(), twoLayers()]
    loadStateDict(target, new Map(Object.entries(stateDict(source))))
    expect(target.forward(tensor([1, 2, 3])).toArraySync()).toEqual(source.forward(tensor([1, 2, 3])).toArraySync())
  })

  test('names what is missing and what is unknown', () => {
    const { '0.bias': bias, ...rest } = stateDict(twoLayers())
    const state = { ...rest, '0.scale': bias! }
    expect(() => loadStateDict(twoLayers(), state)).toThrow(
      'loadStateDict: missing from the state dict: 0.bias; unknown to the module: 0.scale.',
    )
  })

  test('loads what is common and says what is not, if not strict', () => {
    const { '0.bias': bias, ...rest } = stateDict(twoLayers())
    const target = twoLayers()
    const difference = loadStateDict(target, { ...rest, '0.scale': bias! }, { strict: false })
    expect(difference).toEqual({ missing: ['0.bias'], unexpected: ['0.scale'] })
    expect(stateDict(target)['1.weight']!.toArraySync()).toEqual(rest['1.weight']!.toArraySync())
  })

  test('names all shapes that differ, and then changes nothing', () => {
    const target = twoLayers()
    const before = stateDict(target)
    const wrong = stateDict(new Sequential(new Linear(4, 2), new Linear(2, 2, { bias: false })))
    expect(() => loadStateDict(target, wrong)).toThrow(
      "loadStateDict: shapes differ: 0.weight is [2, 4], the module's [2, 3]; 1.weight is [2, 2], the module's [1, 2].",
    )
    for (const [name, value] of Object.entries(stateDict(target))) expect(value).toBe(before[name])
  })

  test('of a shared parameter one name is enough', () => {
    const weight = new Parameter(zeros([2]))
    const tied = { encoder: { weight }, decoder: { weight } }
    loadStateDict(tied, { 'decoder.weight': tensor([1, 2]) })
    expect(Object.values(stateDict(tied)).map((value: Tensor) => value.toArraySync())).toEqual([
      [1, 2],
      [1, 2],
    ])
    expect(() => loadStateDict(tied, {})).toThrow('missing from the state dict: encoder.weight, decoder.weight')
  })

  test('casts to the dtype of the variable', () => {
    const layer = new Linear(1, 2, { bias: false })
    loadStateDict(layer, { weight: tensor(Float64Array.of(0.5, 0.25), { shape: [2, 1] }) })
    expect(layer.weight.value.dtype).toBe('float32')
    expect(layer.weight.value.toArraySync()).toEqual([[0.5], [0.25]])
  })
})
