import { Flag } from '@neurite/tensor'
import { expect, test } from 'vitest'
import { Dropout, evaluate, Linear, rememberModes, Sequential, train } from './index.ts'

test('every training flag in a module follows, however deep', () => {
  const first = new Dropout()
  const second = new Dropout()
  const model = {
    body: new Sequential(new Linear(2, 2), first),
    heads: [{ regularizer: second }],
    training: new Flag(true),
  }
  evaluate(model)
  expect([first.training.on, second.training.on, model.training.on]).toEqual([false, false, false])
  train(model)
  expect([first.training.on, second.training.on, model.training.on]).toEqual([true, true, true])
})

test('a part of a model can be in another mode than the rest', () => {
  const frozen = new Dropout()
  const model = new Sequential(frozen, new Dropout())
  evaluate(frozen)
  expect([...Array.from(model)].map((stage) => (stage as Dropout).training.on)).toEqual([false, true])
})

test('flags that say something else stay as they are', () => {
  const module = { causal: new Flag(true), training: new Flag(true) }
  evaluate(module)
  expect([module.causal.on, module.training.on]).toEqual([true, false])
})

test('modes that were remembered come back, those of frozen parts too', () => {
  const [frozen, other] = [new Dropout(), new Dropout()]
  const model = new Sequential(frozen, other)
  evaluate(frozen)
  const restore = rememberModes(model)
  train(model)
  evaluate(other)
  restore()
  expect([frozen.training.on, other.training.on]).toEqual([false, true])
})
