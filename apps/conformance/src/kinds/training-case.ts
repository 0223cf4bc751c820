import { gradients } from '@neurite/autograd'
import { loadStateDict, parameters, train } from '@neurite/layers'
import { type Tensor, tensor } from '@neurite/tensor'
import type { Attributes, Named, RecordedCase, RecordedTensor, Tolerance, Word } from '../format/recorded.ts'
import type { TensorReader } from '../format/tensors.ts'
import { clippings } from '../vocabulary/clipping.ts'
import { operations } from '../vocabulary/index.ts'
import { lookUp } from '../vocabulary/operation.ts'
import { optimizers } from '../vocabulary/optimizers.ts'
import { makeSchedule } from '../vocabulary/schedules.ts'
import { type Comparison, recordedNumbers } from './comparison.ts'
import { listOf } from './function-case.ts'
import { compareState, readAll } from './module-case.ts'
import { type ModelDescription, makeModel } from './recorded-model.ts'

/** A whole model trained for some steps. */
export interface TrainingCase extends RecordedCase {
  readonly model: ModelDescription
  readonly params: Named<RecordedTensor>
  readonly x: RecordedTensor
  readonly y: RecordedTensor
  readonly loss: Word
  /** Whether output [B, T, C] and target [B, T] are first joined to [B·T, C] and [B·T]. */
  readonly flatten: boolean
  readonly optimizer: Word
  readonly steps: number
  readonly batches: number
  readonly schedule?: Word
  readonly clip_grad_norm_?: Attributes
  readonly expected: {
    readonly losses: readonly number[]
    readonly params: Named<RecordedTensor>
    readonly buffers?: Named<RecordedTensor>
  }
  readonly params_tolerance: Tolerance
}

/** The loss of every step, and the parameters and buffers after the last. */
export async function compareTraining(recorded: TrainingCase, reader: TensorReader): Promise<readonly Comparison[]> {
  const { expected, tolerance, params_tolerance, steps, batches } = recorded
  const model = makeModel(recorded.model)
  loadStateDict(model, readAll(recorded.params, reader), { strict: false })
  train(model)
  const variables = parameters(model)
  const optimizer = lookUp(optimizers, recorded.optimizer.op)(variables, recorded.optimizer.attrs)
  const schedule = recorded.schedule && makeSchedule(recorded.schedule, optimizer)
  const [x, y] = [reader.tensor(recorded.x), reader.tensor(recorded.y)]
  const losses: number[] = []
  for (let step = 0; step < steps; step++) {
    const loss = lossOf(recorded, model.forward(part(x, step % batches, batches)), part(y, step % batches, batches))
    optimizer.step(clipped(gradients(loss, variables), recorded.clip_grad_norm_))
    schedule?.step()
    losses.push(await loss.item())
  }
  const state = { expected, tolerance: params_tolerance }
  return [
    {
      what: 'losses',
      actual: tensor(Float64Array.from(losses)),
      expected: recordedNumbers(expected.losses),
      tolerance,
    },
    ...compareState('params', model, state),
    ...compareState('buffers', model, state),
  ]
}

/** One of consecutive equal parts along axis 0. */
function part(whole: Tensor, index: number, parts: number): Tensor {
  const length: number = whole.shape[0] / parts
  return whole.narrow(0, index * length, length)
}

function lossOf({ loss, flatten }: TrainingCase, output: Tensor, target: Tensor): Tensor {
  const joined = flatten ? { input: output.flatten(0, 1), target: target.flatten() } : { input: output, target }
  return listOf(lookUp(operations, loss.op)(joined, loss.attrs))[0]!
}

function clipped(
  gradients: ReadonlyMap<string, Tensor>,
  attributes: Attributes | undefined,
): ReadonlyMap<string, Tensor> {
  if (attributes === undefined) return gradients
  const { clipped } = lookUp(clippings, 'clip_grad_norm_')([...gradients.values()], attributes)
  return new Map([...gradients.keys()].map((name, i) => [name, clipped[i]!]))
}
