import '@neurite/backend-cpu/install'
import { Linear, loadStateDict, parameters, stateDict } from '@neurite/layers'
import { meanSquaredError } from '@neurite/losses'
import { ExponentialMovingAverage, ReduceOnPlateau, SGD } from '@neurite/optimizers'
import { readSafetensors } from '@neurite/safetensors'
import { type Tensor, tensor } from '@neurite/tensor'
import { describe, expect, test } from 'vitest'
import {
  BestCheckpoint,
  type Callback,
  EarlyStopping,
  MemoryStorage,
  metrics,
  ReduceRateOnPlateau,
  TerminateOnNaN,
  Trainer,
} from '../index.ts'

/** One weight, which moves from 0 towards 2. */
function lineTrainer(learningRate = 0.1) {
  const model = new Linear(1, 1, { bias: false })
  model.weight.assign(tensor([[0]]))
  const optimizer = new SGD(parameters(model), { learningRate })
  const trainer = new Trainer({
    model,
    loss: meanSquaredError,
    optimizer,
    metrics: { r2: metrics.rSquared() },
  })
  return { model, optimizer, trainer }
}
const data: readonly (readonly [Tensor<[2, 1]>, Tensor<[2, 1]>])[] = [[tensor([[1], [2]]), tensor([[2], [4]])]]
/** Where the best weight is 1, which training passes by on its way to 2. */
const validation: typeof data = [[tensor([[1], [2]]), tensor([[1], [2]])]]

describe('hooks', () => {
  test('are called in order, and their promises waited for', async () => {
    const calls: string[] = []
    const note = (hook: string) => async (run: { epoch: number; batch: number; step: number }) => {
      await new Promise((resolve) => setTimeout(resolve, 1))
      calls.push(`${hook} ${run.epoch} ${run.batch} ${run.step}`)
    }
    const callback: Callback = {
      onFitStart: note('start'),
      onEpochStart: note('epoch'),
      onStep: note('step'),
      onEpochEnd: note('end'),
      onFitEnd: note('done'),
    }
    await lineTrainer().trainer.fit([...data, ...data], { epochs: 2, callbacks: [callback] })
    expect(calls).toEqual(
      ['start 0 0 0', 'epoch 1 0 0', 'step 1 1 1', 'step 1 2 2', 'end 1 0 2', 'epoch 2 0 2', 'step 2 1 3'].concat([
        'step 2 2 4',
        'end 2 0 4',
        'done 2 0 4',
      ]),
    )
  })

  test('see the figures so far, the loss of the step, and can stop', async () => {
    const seen: unknown[] = []
    const callback: Callback = {
      onStep: async (run, loss) => {
        seen.push((await run.figures()).loss, await loss.item(), run.learningRate, run.batches, run.directionOf('r2'))
        if (run.batch === 2) run.stop('enough seen')
      },
    }
    const result = await lineTrainer(0).trainer.fit([...data, ...data, ...data], { epochs: 9, callbacks: [callback] })
    expect(seen.slice(0, 5)).toEqual([10, 10, 0, 3, 'higher'])
    expect(result).toMatchObject({ stopReason: 'enough seen', history: [{ epoch: 1, step: 3 }] })
  })

  test('are told of the end after an error as well', async () => {
    let ended = 0
    const callbacks: Callback[] = [
      { onFitEnd: () => void ended++ },
      {
        onEpochEnd: () => {
          throw new Error('no room on the disk')
        },
      },
    ]
    await expect(lineTrainer().trainer.fit(data, { epochs: 1, callbacks })).rejects.toThrow('no room')
    expect(ended).toBe(1)
  })

  test('with states need names of their own', async () => {
    const callbacks = [new EarlyStopping(), new EarlyStopping()]
    await expect(lineTrainer().trainer.fit(data, { epochs: 1, callbacks, validation })).rejects.toThrow(
      'two callbacks are named "early stopping on validation.loss"',
    )
  })
})

describe('EarlyStopping', () => {
  test('ends training where validation gets worse, with the weights of the best epoch', async () => {
    const { model, trainer } = lineTrainer(0.02)
    const stopping = new EarlyStopping({ patience: 2 })
    const result = await trainer.fit(data, { epochs: 100, validation, callbacks: [stopping] })
    const losses = result.history.map((record) => record.validation!.loss)
    const best = losses.indexOf(Math.min(...losses))
    expect(stopping.bestEpoch).toBe(best + 1)
    expect(losses.length).toBe(best + 1 + 3)
    expect(result.stopReason).toContain(`validation.loss has not improved since epoch ${best + 1}`)
    expect((await trainer.evaluate(validation)).loss).toBe(losses[best])
    expect(await model.weight.value.item()).toBeCloseTo(1, 0)
  })

  test('leaves the last weights where asked', async () => {
    const { trainer } = lineTrainer(0.02)
    const callbacks = [new EarlyStopping({ restoreBest: false })]
    const { history } = await trainer.fit(data, { epochs: 100, validation, callbacks })
    expect((await trainer.evaluate(validation)).loss).toBe(history.at(-1)!.validation!.loss)
  })

  test('knows from the metric which way is up, and what progress counts', async () => {
    const rising = new EarlyStopping({ monitor: 'training.r2' })
    await lineTrainer().trainer.fit(data, { epochs: 8, callbacks: [rising] })
    expect(rising.bestEpoch).toBe(8)
    const demanding = new EarlyStopping({ monitor: 'training.r2', leastProgress: 1e9 })
    const { history } = await lineTrainer().trainer.fit(data, { epochs: 8, callbacks: [demanding] })
    expect(history.length).toBe(2)
    const falling = new EarlyStopping({ monitor: ({ training }) => -training.loss })
    expect((await lineTrainer().trainer.fit(data, { epochs: 8, callbacks: [falling] })).history.length).toBe(2)
  })

  test('asks for what it needs', async () => {
    const fit = (stopping: EarlyStopping) => lineTrainer().trainer.fit(data, { epochs: 2, callbacks: [stopping] })
    await expect(fit(new EarlyStopping())).rejects.toThrow('there is no validation data')
    await expect(fit(new EarlyStopping({ monitor: 'training.accuracy' }))).rejects.toThrow(
      'monitors training.accuracy, but there is no such figure. There are training.loss, training.r2.',
    )
    expect(() => new EarlyStopping({ patience: -1 })).toThrow('patience is -1')
    expect(() => new EarlyStopping({ leastProgress: Number.NaN })).toThrow('leastProgress is NaN')
  })
})

describe('BestCheckpoint', () => {
  test('keeps the best weights as a file for loadStateDict', async () => {
    const { model, trainer } = lineTrainer(0.02)
    const storage = new MemoryStorage()
    const best = new BestCheckpoint(storage)
    const { history } = await trainer.fit(data, { epochs: 30, validation, callbacks: [best] })
    expect(best.best).toBe(Math.min(...history.map((record) => record.validation!.loss)))
    loadStateDict(model, readSafetensors((await storage.read())!))
    expect((await trainer.evaluate(validation)).loss).toBe(best.best)
  })

  test('keeps averages where there are some, and leaves the parameters', async () => {
    const model = new Linear(1, 1)
    const average = new ExponentialMovingAverage(parameters(model), { decay: 0.9 })
    const optimizer = new SGD(parameters(model), { learningRate: 0.1 })
    const trainer = new Trainer({ model, loss: meanSquaredError, optimizer, average })
    const storage = new MemoryStorage()
    await trainer.fit(data, { epochs: 1, callbacks: [new BestCheckpoint(storage, { monitor: 'training.loss' })] })
    const kept = readSafetensors((await storage.read())!)
    expect(await kept.weight!.data()).toEqual(await average.stateDict().weight!.data())
    expect(await kept.weight!.data()).not.toEqual(await stateDict(model).weight!.data())
  })
})

test('ReduceRateOnPlateau makes the rate smaller where the loss stays', async () => {
  const { optimizer, trainer } = lineTrainer(0)
  optimizer.learningRate = 1e-5
  const plateau = new ReduceOnPlateau(optimizer, { patience: 1, factor: 0.5, threshold: 0.5 })
  const callbacks = [new ReduceRateOnPlateau(plateau, { monitor: 'training.loss' })]
  const { history } = await trainer.fit(data, { epochs: 6, callbacks })
  expect(history.map(({ learningRate }) => learningRate)).toEqual([1e-5, 1e-5, 1e-5, 5e-6, 5e-6, 2.5e-6])
})

describe('TerminateOnNaN', () => {
  test('says when the loss has run away, and what is broken', async () => {
    const { trainer } = lineTrainer(1e20)
    const fitting = trainer.fit(data, { epochs: 50, callbacks: [new TerminateOnNaN()] })
    await expect(fitting).rejects.toThrow(
      /The loss is (NaN|Infinity) at step \d \(epoch \d, batch 1\)\. After the step/,
    )
    await expect(fitting).rejects.toMatchObject({ name: 'NotFiniteError' })
  })

  test('names the operation, also where only the gradient was wrong, and leaves the weights from before', async () => {
    const layer = new Linear(1, 1, { bias: false })
    layer.weight.assign(tensor([[1]]))
    // The root of 0 is 0, and its derivative infinite: the loss is NaN only a step later.
    const trainer = new Trainer({
      model: (x: Tensor<[number, 1]>) => layer.forward(x).sqrt() as Tensor<[number, 1]>,
      parts: layer,
      loss: meanSquaredError,
      optimizer: new SGD(parameters(layer), { learningRate: 0.1 }),
    })
    const zero: typeof data = [
      [tensor([[1], [4]]), tensor([[1], [2]])],
      [tensor([[0], [1]]), tensor([[1], [1]])],
      data[0]!,
    ]
    const fitting = trainer.fit(zero, { epochs: 2, callbacks: [new TerminateOnNaN()] })
    await expect(fitting).rejects.toThrow(
      /The loss is NaN at step 3 .* is made by (divide|reciprocal|multiply) → \[2, 1\]/,
    )
    expect(await layer.weight.value.item()).toBe(1)
    const silent = new TerminateOnNaN({ explain: false })
    layer.weight.assign(tensor([[Number.NaN]]))
    await expect(trainer.fit(zero, { epochs: 2, callbacks: [silent] })).rejects.toThrow('Common causes')
  })

  test('leaves the last checkpoint whole', async () => {
    const storage = new MemoryStorage()
    const bad: typeof data = [[tensor([[Number.NaN], [1]]), tensor([[1], [1]])]]
    const { model, trainer } = lineTrainer()
    await trainer.fit(data, { epochs: 1, checkpoint: { storage } })
    const weight = await model.weight.value.data()
    const again = trainer.fit(bad, { epochs: 2, checkpoint: { storage }, callbacks: [new TerminateOnNaN()] })
    await expect(again).rejects.toThrow('After the step no parameter is finite any more')
    const resumed = lineTrainer()
    await resumed.trainer.fit(data, { epochs: 1, checkpoint: { storage } })
    expect(await resumed.model.weight.value.data()).toEqual(weight)
  })
})
