import '@neurite/backend-cpu/install'
import { sigmoid, type Tensor, tensor } from '@neurite/tensor'
import { expect, it } from 'vitest'
import { MultiLayerPerceptron } from '../multi-layer-perceptron/multi-layer-perceptron.ts'
import { hardenedNet } from './hardened-net.ts'
import { planeProblems } from './lippmann-problems.ts'
import { classAt } from './plane-net.ts'

it('is the limit of the same net with ever larger weights', () => {
  const [, meshed] = planeProblems(100)
  const model = new MultiLayerPerceptron([2, 8, 4, 1], { seed: 1 })
  model.train(
    meshed!.points,
    meshed!.labels.map((label) => [label]),
    { epochs: 100, shuffle: true },
  )
  const net = hardenedNet(model)
  const layers = model.layers.map(({ weights, offsets }, i) => {
    // Later layers see nearly 0 and 1 only if those before them are steeper.
    const gain = 1e6 ** (model.layers.length - i)
    return { weights: weights.multiply(gain), offsets: offsets.multiply(gain) }
  })
  const points = meshed!.points
  let y: Tensor = tensor(Float64Array.from(points.flat()), { shape: [points.length, 2] })
  for (const { weights, offsets } of layers) y = sigmoid(y.matmul(weights.transpose()).subtract(offsets) as Tensor)
  const outputs = y.dataSync()
  points.forEach(([x, y], i) => {
    expect(outputs[i]! >= 0.5 ? 1 : 0).toBe(classAt(net, x, y))
  })
})

it('is refused to nets that are not layered, or not of the plane', () => {
  for (const net of [new MultiLayerPerceptron([2, 1, 1], { shortcuts: true }), new MultiLayerPerceptron([3, 1])])
    expect(() => hardenedNet(net)).toThrow('takes nets of two inputs without shortcuts')
})
