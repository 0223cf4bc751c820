import { relu, type Tensor, tanh, tensor } from '@neurite/tensor'
import { describe, expect, test } from 'vitest'
import {
  BatchNorm2d,
  Conv2d,
  Dropout,
  Flatten,
  Linear,
  LSTM,
  type Module,
  Residual,
  Sequential,
  summary,
} from '../index.ts'

const net = (): Sequential =>
  new Sequential(
    new Conv2d(1, 8, 3),
    relu,
    new BatchNorm2d(8),
    new Flatten(),
    new Dropout(0.5),
    new Linear(8 * 4 * 4, 10),
  )

test('lists layers, output shapes and parameters', () => {
  const { rows, parameters } = summary(net(), [2, 1, 6, 6])
  expect(rows.map(({ path, type, outputShapes }) => [path.join('.'), type, outputShapes])).toEqual([
    ['', 'Sequential', [[2, 10]]],
    ['0', 'Conv2d', [[2, 8, 4, 4]]],
    ['2', 'BatchNorm2d', [[2, 8, 4, 4]]],
    ['3', 'Flatten', [[2, 128]]],
    ['4', 'Dropout', [[2, 128]]],
    ['5', 'Linear', [[2, 10]]],
  ])
  expect(rows.map((row) => row.parameters)).toEqual([80 + 16 + 1290, 80, 16, 0, 0, 1290])
  expect(parameters).toBe(1386)
})

describe('floating-point operations', () => {
  test('of products are two for every term, and one for every element of the rest', () => {
    const { rows, flops } = summary(new Sequential(new Linear(5, 7), tanh), [3, 5])
    expect(rows[1]!.flops).toBe(2 * 3 * 5 * 7 + 3 * 7)
    expect(flops - rows[1]!.flops).toBe(3 * 7)
    const [, conv] = summary(new Sequential(new Conv2d(4, 6, 3, { groups: 2, bias: false })), [1, 4, 5, 5]).rows
    expect(conv!.flops).toBe(2 * 6 * 9 * (2 * 9))
  })

  test('of loops are those of a step times the steps', () => {
    const flops = (length: number): number => summary(new LSTM(3, 4), [length, 2, 3]).flops
    expect(flops(6) - flops(5)).toBe(flops(5) - flops(4))
    expect(flops(6) - flops(5)).toBeGreaterThan(2 * 2 * (3 + 4) * 16)
  })
})

test('what is shared counts once, and every call has its row', () => {
  const shared = new Linear(4, 4)
  const { rows, parameters } = summary(new Sequential(shared, new Residual(shared)), [1, 4])
  expect(rows.map(({ path }) => path.join('.'))).toEqual(['', '0', '1', '0'])
  expect(parameters).toBe(20)
  expect(rows[0]!.parameters).toBe(20)
})

test('the model is as before: its mode, its methods and its statistics', () => {
  const model = net()
  const norm = model[2] as BatchNorm2d
  const before = [...norm.runningMean!.value.dataSync()]
  summary(model, [2, 1, 6, 6])
  expect(norm.training.on).toBe(true)
  expect(Object.hasOwn(norm, 'forward')).toBe(false)
  expect([...norm.runningMean!.value.dataSync()]).toEqual(before)
  expect(() => summary(model, [2, 1, 7, 7])).toThrow('Linear: input [2, 200]')
  expect([norm.training.on, Object.hasOwn(norm, 'forward')]).toEqual([true, false])
})

test('a module whose forward is a field keeps it', () => {
  const forward = (x: Tensor): Tensor => x.add(tensor(1))
  const model: Module = { forward }
  expect(summary(model, [2]).rows[0]!.flops).toBe(2)
  expect(model.forward).toBe(forward)
})

test('prints a table', () => {
  const lines = String(summary(new Sequential(new Linear(784, 128), tanh, new Linear(128, 10)), [32, 784])).split('\n')
  expect(lines).toEqual([
    'layer       output     parameters      flops',
    'Sequential  [32, 10]      101,770  6,512,960',
    '  0 Linear  [32, 128]     100,480  6,426,624',
    '  2 Linear  [32, 10]        1,290     82,240',
  ])
})
