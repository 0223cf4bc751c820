// What the compiler infers of a trainer from its model, loss and metrics.

import { batches, tensorDataset } from '@neurite/data'
import { Linear, parameters, Sequential } from '@neurite/layers'
import { crossEntropy } from '@neurite/losses'
import { SGD } from '@neurite/optimizers'
import { type Tensor, zeros } from '@neurite/tensor'
import { expectTypeOf, test } from 'vitest'
import { metrics, Trainer } from '../index.ts'

class Net {
  readonly layer = new Linear(4, 3)
  forward(x: Tensor<[number, 4]>): Tensor<[number, 3]> {
    return this.layer.forward(x)
  }
}
const model = new Net()
const optimizer = new SGD(parameters(model))
const labels = zeros([9], 'int32')

test('figures have the names and types of the metrics', async () => {
  const trainer = new Trainer({
    model,
    loss: crossEntropy,
    optimizer,
    metrics: {
      accuracy: metrics.accuracy(),
      confusion: metrics.confusionMatrix({ classes: 3 }),
      recalls: metrics.recall({ classes: 3, average: 'none' }),
    },
  })
  const data = batches(tensorDataset(zeros([9, 4]), labels), { batchSize: 2 })
  const figures = await trainer.evaluate(data)
  expectTypeOf(figures.loss).toEqualTypeOf<number>()
  expectTypeOf(figures.accuracy).toEqualTypeOf<number>()
  expectTypeOf(figures.confusion).toEqualTypeOf<readonly (readonly number[])[]>()
  expectTypeOf(figures.recalls).toEqualTypeOf<readonly number[]>()
  // @ts-expect-error there is no such metric
  figures.precision
  const { history } = await trainer.fit(data, { epochs: 1, validation: data })
  expectTypeOf(history[0]!.validation!.accuracy).toEqualTypeOf<number>()
})

test('data that the model does not take does not compile', () => {
  const trainer = new Trainer({ model, loss: crossEntropy, optimizer })
  // @ts-expect-error 5 features, where the model takes 4
  void trainer.fit(batches(tensorDataset(zeros([9, 5]), labels), { batchSize: 2 }), { epochs: 1 })
})

test('batches are what `prepare` takes, and become what the model takes', () => {
  const trainer = new Trainer({
    model,
    loss: crossEntropy,
    optimizer,
    prepare: ([x, y]: readonly [Tensor<[number, 4], 'uint8'>, Tensor<[number], 'int32'>]) => [x.divide(255), y],
  })
  expectTypeOf(trainer.fit).parameter(0).not.toBeAny()
  void trainer.fit(batches(tensorDataset(zeros([9, 4], 'uint8'), labels), { batchSize: 2 }), { epochs: 1 })
  const five = ([x, y]: readonly [Tensor<[number, 5]>, Tensor<[number], 'int32'>]) => [x, y] as const
  // @ts-expect-error the model takes 4 features
  void new Trainer({ model, loss: crossEntropy, optimizer, prepare: five })
})

test('predictions are what the model gives', async () => {
  const trainer = new Trainer({ model, loss: crossEntropy, optimizer })
  for await (const scores of trainer.predict([zeros([9, 4])])) expectTypeOf(scores.shape).toEqualTypeOf<[number, 3]>()
  const sequential = new Trainer({ model: new Sequential(new Linear(4, 2)), loss: crossEntropy, optimizer })
  expectTypeOf((await sequential.evaluate([])).loss).toEqualTypeOf<number>()
})
