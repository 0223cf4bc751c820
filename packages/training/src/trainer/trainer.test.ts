import '@neurite/backend-cpu/install'
import { gradients } from '@neurite/autograd'
import { compile } from '@neurite/compiler'
import { BatchNorm1d, Dropout, evaluate, Linear, parameters, Sequential, stateDict } from '@neurite/layers'
import { crossEntropy, meanSquaredError } from '@neurite/losses'
import { Adam, clipByNorm, ExponentialMovingAverage, Schedule, SGD, stepDecay } from '@neurite/optimizers'
import { relu, seed, type Tensor, tensor } from '@neurite/tensor'
import { describe, expect, test } from 'vitest'
import { metrics, Trainer } from '../index.ts'
import { bitsOf, pointBatches, points, sides } from '../test/small-task.ts'

/** The same network every time. */
function network(): Sequential {
  seed(7)
  return new Sequential(new Linear(4, 8), relu, new Linear(8, 2))
}

describe('fit', () => {
  test('takes the very steps of a loop by hand, a last smaller batch included', async () => {
    const [byHand, trained] = [network(), network()]
    const optimizer = new Adam(parameters(byHand), { learningRate: 0.01 })
    const step = compile((x: Tensor, y: Tensor) => {
      const loss = crossEntropy(byHand.forward(x), y) as Tensor<[]>
      optimizer.step(gradients(loss, parameters(byHand)))
      return loss
    })
    const losses: number[][] = []
    const data = pointBatches(32, { shuffle: true })
    for (let epoch = 0; epoch < 3; epoch++) {
      losses.push([])
      for (const [x, y] of data) losses[epoch]!.push(step(x, y).itemSync())
    }
    const trainer = new Trainer({
      model: trained,
      loss: crossEntropy,
      optimizer: new Adam(parameters(trained), { learningRate: 0.01 }),
    })
    const { history, stopReason } = await trainer.fit(pointBatches(32, { shuffle: true }), { epochs: 3 })
    expect(await bitsOf(stateDict(trained))).toEqual(await bitsOf(stateDict(byHand)))
    expect(stopReason).toBeUndefined()
    expect(history.map(({ epoch, step }) => [epoch, step])).toEqual([
      [1, 4],
      [2, 8],
      [3, 12],
    ])
    // The mean over examples: the last batch has 4 of 100.
    const expected = losses.map((of) => (32 * of[0]! + 32 * of[1]! + 32 * of[2]! + 4 * of[3]!) / 100)
    history.forEach(({ training }, epoch) => {
      expect(training.loss).toBeCloseTo(expected[epoch]!, 12)
    })
  })

  test('called again, goes on where it ended', async () => {
    const [once, twice] = [network(), network()].map((model) => ({
      model,
      trainer: new Trainer({ model, loss: crossEntropy, optimizer: new Adam(parameters(model)) }),
    })) as [
      { model: Sequential; trainer: Trainer<Tensor, Tensor> },
      { model: Sequential; trainer: Trainer<Tensor, Tensor> },
    ]
    await once.trainer.fit(pointBatches(32, { shuffle: true }), { epochs: 4 })
    const data = pointBatches(32, { shuffle: true })
    await twice.trainer.fit(data, { epochs: 2 })
    const { history } = await twice.trainer.fit(data, { epochs: 4 })
    expect(history).toEqual(once.trainer.history)
    expect(await bitsOf(stateDict(twice.model))).toEqual(await bitsOf(stateDict(once.model)))
    expect([twice.trainer.epoch, twice.trainer.step]).toEqual([4, 16])
  })

  test('gradients of several batches make one step, as of one large batch', async () => {
    const [large, small] = [network(), network()]
    const rates = { learningRate: 0.1 }
    const whole = new Trainer({ model: large, loss: crossEntropy, optimizer: new SGD(parameters(large), rates) })
    await whole.fit(pointBatches(50), { epochs: 2 })
    const parts = new Trainer({
      model: small,
      loss: crossEntropy,
      optimizer: new SGD(parameters(small), rates),
      accumulate: 5,
    })
    const { history } = await parts.fit(pointBatches(10), { epochs: 2 })
    expect(history.at(-1)!.step).toBe(4)
    for (const [name, value] of Object.entries(stateDict(small))) {
      const expected = await (stateDict(large)[name] as Tensor).data()
      for (const [i, x] of (await value.data()).entries()) expect(x).toBeCloseTo(expected[i]!, 6)
    }
  })

  test('what is left of accumulated gradients at the end of an epoch makes a step too', async () => {
    const model = network()
    const before = await bitsOf(stateDict(model))
    const trainer = new Trainer({ model, loss: crossEntropy, optimizer: new SGD(parameters(model)), accumulate: 50 })
    const { history } = await trainer.fit(pointBatches(10), { epochs: 1 })
    expect(history[0]!.step).toBe(1)
    expect(await bitsOf(stateDict(model))).not.toEqual(before)
  })

  test('clips gradients by their norm', async () => {
    const [byHand, trained] = [network(), network()]
    const optimizer = new SGD(parameters(byHand), { learningRate: 1 })
    const found = gradients(crossEntropy(byHand.forward(points), sides) as Tensor<[]>, parameters(byHand))
    optimizer.step(clipByNorm(found, 0.01).gradients)
    const trainer = new Trainer({
      model: trained,
      loss: crossEntropy,
      optimizer: new SGD(parameters(trained), { learningRate: 1 }),
      clip: { norm: 0.01 },
    })
    await trainer.fit(pointBatches(100), { epochs: 1 })
    for (const [name, value] of Object.entries(stateDict(trained))) {
      const expected = await (stateDict(byHand)[name] as Tensor).data()
      for (const [i, x] of (await value.data()).entries()) expect(x).toBeCloseTo(expected[i]!, 6)
    }
  })

  test('moves the learning rate by steps or by epochs, and records that of the last step', async () => {
    const rates = async (scheduleBy: 'step' | 'epoch', every: number): Promise<number[]> => {
      const model = network()
      const optimizer = new SGD(parameters(model), { learningRate: 1 })
      const schedule = new Schedule(optimizer, stepDecay({ stepSize: every, gamma: 0.5 }))
      const trainer = new Trainer({ model, loss: crossEntropy, optimizer, schedule, scheduleBy })
      await trainer.fit(pointBatches(50), { epochs: 3 })
      return trainer.history.map(({ learningRate }) => learningRate)
    }
    expect(await rates('epoch', 1)).toEqual([1, 0.5, 0.25])
    expect(await rates('step', 2)).toEqual([1, 0.5, 0.25])
    expect(await rates('step', 1)).toEqual([0.5, 0.125, 0.03125])
  })

  test('moves only what the optimizer was made for', async () => {
    const model = network()
    const before = await bitsOf(stateDict(model))
    const last = new Map([...parameters(model)].filter(([name]) => name.startsWith('2.')))
    await new Trainer({ model, loss: crossEntropy, optimizer: new SGD(last) }).fit(pointBatches(), { epochs: 1 })
    const after = await bitsOf(stateDict(model))
    expect(after['0.weight']).toBe(before['0.weight'])
    expect(after['2.weight']).not.toBe(before['2.weight'])
  })

  test('prepares batches inside the step, and takes functions for models', async () => {
    seed(1)
    const layer = new Linear(3, 1)
    const trainer = new Trainer({
      model: (x: Tensor<[number, 3]>) => layer.forward(x),
      parts: layer,
      loss: meanSquaredError,
      optimizer: new SGD(parameters(layer), { learningRate: 0.1 }),
      prepare: ([window]: readonly [Tensor<[number, 4]>]) => [
        window.slice({ starts: [0, 0], stops: [6, 3] }) as Tensor<[number, 3]>,
        window.slice({ starts: [0, 3] }) as Tensor<[number, 1]>,
      ],
    })
    const rows = [0, 1, 2, 3, 4, 5].map((i) => [i / 6, (i * i) / 36, 1, i / 3 + 1])
    await trainer.fit([[tensor(rows)]] as never, { epochs: 600 })
    expect(trainer.history.at(-1)!.training.loss).toBeLessThan(1e-3)
  })
})

describe('evaluation', () => {
  test('is in evaluation mode, exact over smaller last batches, and leaves the modes as they were', async () => {
    seed(2)
    const frozen = new BatchNorm1d(4)
    const dropout = new Dropout(0.5)
    const model = new Sequential(frozen, dropout, new Linear(4, 2))
    evaluate(frozen)
    const trainer = new Trainer({
      model,
      loss: crossEntropy,
      optimizer: new SGD(parameters(model)),
      metrics: { accuracy: metrics.accuracy() },
    })
    const figures = await trainer.evaluate(pointBatches(32))
    expect([frozen.training.on, dropout.training.on]).toEqual([false, true])
    evaluate(model)
    const scores = model.forward(points) as Tensor
    expect(figures.loss).toBeCloseTo((crossEntropy(scores, sides) as Tensor<[]>).itemSync(), 6)
    expect(figures.accuracy).toBe(scores.argMax(1).equal(sides).sum().itemSync() / 100)
    expect(await trainer.evaluate(pointBatches(7))).toMatchObject({ accuracy: figures.accuracy })
  })

  test('frozen parts stay frozen in training where modes are kept', async () => {
    seed(2)
    const norm = new BatchNorm1d(4)
    const model = new Sequential(norm, new Linear(4, 2))
    const trainer = new Trainer({ model, loss: crossEntropy, optimizer: new SGD(parameters(model)) })
    evaluate(norm)
    const before = await norm.runningMean!.value.data()
    await trainer.fit(pointBatches(), { epochs: 1, keepModes: true })
    expect(await norm.runningMean!.value.data()).toEqual(before)
    await trainer.fit(pointBatches(), { epochs: 2 })
    expect(norm.training.on).toBe(true)
    expect(await norm.runningMean!.value.data()).not.toEqual(before)
  })

  test('comes after epochs that are due', async () => {
    const model = network()
    const trainer = new Trainer({ model, loss: crossEntropy, optimizer: new SGD(parameters(model)) })
    const validation = pointBatches(50)
    const { history } = await trainer.fit(pointBatches(), { epochs: 5, validation, validateEvery: 2 })
    expect(history.map((record) => record.validation !== undefined)).toEqual([false, true, false, true, true])
    expect(history.at(-1)!.validation).toEqual(await trainer.evaluate(validation))
  })

  test('uses averages of the parameters, and leaves both as they are', async () => {
    const model = network()
    const average = new ExponentialMovingAverage(parameters(model), { decay: 0.9 })
    const optimizer = new SGD(parameters(model), { learningRate: 0.5 })
    const trainer = new Trainer({ model, loss: crossEntropy, optimizer, average })
    await trainer.fit(pointBatches(), { epochs: 2 })
    const before = [await bitsOf(stateDict(model)), await bitsOf(average.stateDict())]
    const { loss } = await trainer.evaluate(pointBatches(100))
    expect([await bitsOf(stateDict(model)), await bitsOf(average.stateDict())]).toEqual(before)
    const lossNow = (): number => (crossEntropy(model.forward(points), sides) as Tensor<[]>).itemSync()
    expect(loss).not.toBeCloseTo(lossNow(), 4)
    average.swap()
    expect(loss).toBeCloseTo(lossNow(), 6)
  })
})

describe('predictions', () => {
  const model = network()
  const trainer = new Trainer({ model, loss: crossEntropy, optimizer: new SGD(parameters(model)) })
  const [first, second] = [points.slice({ starts: [0], stops: [60] }), points.slice({ starts: [60] })]

  test.each<[string, never]>([
    [
      'batches of training',
      [
        [first, sides],
        [second, sides],
      ] as never,
    ],
    ['batches without targets', [[first], [second]] as never],
    ['inputs alone', [first, second] as never],
  ])('are made of %s', async (_, data) => {
    const rows: number[] = []
    for await (const scores of trainer.predict(data)) rows.push(...(await (scores as Tensor).data()))
    expect(rows).toEqual([...(await (model.forward(points) as Tensor).data())])
  })
})

describe('what cannot be is an error', () => {
  const model = network()
  const optimizer = new SGD(parameters(model))
  const trainer = new Trainer({ model, loss: crossEntropy, optimizer })

  test('of options', async () => {
    expect(() => new Trainer({ model: (x: Tensor) => x, loss: crossEntropy, optimizer })).toThrow('say in `parts`')
    expect(
      () => new Trainer({ model: network(), loss: crossEntropy, optimizer: new SGD(parameters({ model })) }),
    ).toThrow(
      'the optimizer moves "model.0.weight", which is none of the model\'s parameters (0.weight, 0.bias, 2.weight',
    )
    expect(() => new Trainer({ model, loss: crossEntropy, optimizer, accumulate: 0 })).toThrow('accumulate is 0')
    expect(() => new Trainer({ model, loss: crossEntropy, optimizer, metrics: { loss: metrics.accuracy() } })).toThrow(
      'no metric can be called "loss"',
    )
    await expect(trainer.fit(pointBatches(), { epochs: 0 })).rejects.toThrow('epochs is 0')
  })

  test('of data', async () => {
    await expect(trainer.fit([], { epochs: 1 })).rejects.toThrow('the data has no batches in epoch 1')
    await expect(trainer.evaluate([])).rejects.toThrow('the data to evaluate on has no batches')
    const once = pointBatches()[Symbol.iterator]() as unknown as Iterable<readonly [Tensor, Tensor]>
    await expect(trainer.fit(once, { epochs: 2 })).rejects.toThrow('no batches in epoch 2')
  })

  test('of a loss that is no scalar', async () => {
    const wrong = new Trainer({ model, loss: (x: Tensor) => x as never, optimizer })
    await expect(wrong.fit(pointBatches(), { epochs: 1 })).rejects.toThrow('the loss is [32, 2]; it must be one number')
  })

  test('of two things at once', async () => {
    const evaluating = trainer.evaluate(pointBatches())
    await expect(trainer.fit(pointBatches(), { epochs: 9 })).rejects.toThrow(
      'fit was called while evaluate is going on',
    )
    await evaluating
  })
})
