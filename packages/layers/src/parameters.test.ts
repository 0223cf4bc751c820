import { Flag, key, type Tensor, tensor, Variable, zeros } from '@neurite/tensor'
import { describe, expect, test } from 'vitest'
import { Conv2d, Dropout, Linear, Parameter, parameters, Sequential } from './index.ts'
import { namedVariables } from './parameters.ts'

const names = (module: object): string[] => [...parameters(module).keys()]
const parameter = (): Parameter => new Parameter(zeros([2]))

describe('names', () => {
  test('those of a Sequential are those of PyTorch', () => {
    const model = new Sequential(new Conv2d(1, 4, 3), (x: Tensor) => x.relu(), new Linear(4, 2))
    expect(names(model)).toEqual(['0.weight', '0.bias', '2.weight', '2.bias'])
  })

  test('fields, lists, maps and records join with dots, in the order in which they were made', () => {
    const module = {
      head: new Linear(2, 2, { bias: false }),
      layers: [new Linear(2, 2), new Sequential(new Linear(2, 2, { bias: false }))],
      experts: new Map([['left-1', { scale: parameter() }]]),
      set: new Set([parameter()]),
    }
    expect(names(module)).toEqual([
      'head.weight',
      'layers.0.weight',
      'layers.0.bias',
      'layers.1.0.weight',
      'experts.left-1.scale',
      'set.0',
    ])
  })

  test('camelCase fields are saved in snake_case, other names as they are', () => {
    const module = {
      selfAttention: { inProjWeight: parameter(), weightHhL0: parameter() },
      already_snake: parameter(),
      LayerNorm: parameter(),
    }
    expect(names(module)).toEqual([
      'self_attention.in_proj_weight',
      'self_attention.weight_hh_l0',
      'already_snake',
      'LayerNorm',
    ])
  })

  test('two parameters of one name are an error', () => {
    expect(() => parameters({ inWeight: parameter(), in_weight: parameter() })).toThrow(
      'two variables are named "in_weight"',
    )
  })
})

describe('what is found', () => {
  test('buffers are named, but not among the parameters', () => {
    const module = { weight: parameter(), runningMean: new Variable(zeros([2])), training: new Flag(true) }
    expect(names(module)).toEqual(['weight'])
    expect([...namedVariables(module).keys()]).toEqual(['weight', 'running_mean'])
  })

  test('the key of a dropout is a buffer', () => {
    const model = new Sequential(new Linear(2, 2), new Dropout(0.5, { key: key(1) }))
    expect(names(model)).toEqual(['0.weight', '0.bias'])
    expect([...namedVariables(model).keys()]).toContain('1.key')
  })

  test('a shared parameter appears once, under its first name', () => {
    const shared = new Linear(3, 3)
    const model = { encoder: shared, decoder: { inner: shared, weight: shared.weight } }
    expect(names(model)).toEqual(['encoder.weight', 'encoder.bias'])
    expect([...namedVariables(model).keys()]).toEqual([
      'encoder.weight',
      'encoder.bias',
      'decoder.inner.weight',
      'decoder.inner.bias',
      'decoder.weight',
    ])
  })

  test('a module that contains itself is walked once', () => {
    const module: Record<string, unknown> = { weight: parameter() }
    module.self = { parent: module }
    expect(names(module)).toEqual(['weight'])
  })

  test('#private fields, functions, tensors and typed arrays are not looked into', () => {
    class Hidden {
      readonly #secret = parameter()
      readonly constant = tensor([1, 2])
      readonly bytes = new Uint8Array(8)
      readonly activation = Object.assign((): unknown => this.#secret, { weight: parameter() })
      readonly nothing = null
    }
    expect([...namedVariables(new Hidden()).keys()]).toEqual([])
  })

  test('a parameter added later is found: nothing is registered', () => {
    const module: Record<string, unknown> = {}
    expect(names(module)).toEqual([])
    module.weight = parameter()
    expect(names(module)).toEqual(['weight'])
  })
})
