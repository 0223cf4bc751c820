// The functions that a trainer compiles: each becomes one program per shape of batch.

import { gradients } from '@neurite/autograd'
import { type Compiled, compile } from '@neurite/compiler'
import { parameters } from '@neurite/layers'
import { type Collection, clipByNorm, clipByValue, GradientAccumulator } from '@neurite/optimizers'
import { Tensor, takeApart, type Variable } from '@neurite/tensor'
import type { RunningFigures } from './running-figures.ts'
import type { GradientClipping, TrainerOptions } from './trainer-options.ts'

/** What a step gives beside what it changes. */
export interface StepResult {
  /** Of the batch, before the step. */
  readonly loss: Tensor<[]>
  /** For `RunningFigures.keep`. */
  readonly rows: Readonly<Record<string, Tensor>>
}

export interface Steps<Output, Batch> {
  /** Learns from a batch. With `completes` false the gradients are only added up, for a later step. */
  readonly train: Compiled<(batch: Batch, completes: boolean) => StepResult>
  /** Makes the step of the gradients that have been added up. */
  readonly finish: Compiled<() => void>
  readonly evaluate: Compiled<(batch: Batch) => StepResult>
  readonly predict: Compiled<(batch: Batch) => Output>
  /** The loss and the gradients of a batch as graph. */
  differentiate(batch: Batch): { readonly loss: Tensor<[]>; readonly gradients: Readonly<Record<string, Tensor>> }
}

export interface StepFigures {
  readonly training: RunningFigures
  readonly evaluation: RunningFigures
}

/** @throws Error if the optimizer moves something that is not among the model's parameters. */
export function makeSteps<Input, Output, Target, M, Batch>(
  options: TrainerOptions<Input, Output, Target, M, Batch>,
  figures: StepFigures,
): Steps<Output, Batch> {
  const { model, loss, optimizer, average, clip, accumulate = 1 } = options
  const prepare = options.prepare ?? ((batch: Batch) => batch as unknown as readonly [Input, Target])
  const forward = (input: Input): Output => (typeof model === 'function' ? model(input) : model.forward(input))
  const trained = trainedParameters(partsOf(options), optimizer.parameterNames)
  const accumulator = accumulate > 1 ? new GradientAccumulator(trained) : undefined

  const step = (found: Collection<Tensor>): void => {
    optimizer.step(clipped(found, clip))
    average?.update()
  }
  // Both swaps happen in the program's graph alone: it reads the averages instead of the parameters, and moves nothing.
  const averaged = <Result>(work: () => Result): Result => {
    average?.swap()
    const result = work()
    average?.swap()
    return result
  }
  return {
    train: compile((batch: Batch, completes: boolean) => {
      const [input, target] = prepare(batch)
      const output = forward(input)
      const value = loss(output, target)
      const rows = figures.training.add(value, examplesIn(batch), output, target)
      const found = gradients(value, trained)
      accumulator?.add(found)
      if (completes) step(accumulator?.take() ?? found)
      return { loss: value, rows }
    }),
    finish: compile(() => step(accumulator!.take())),
    evaluate: compile((batch: Batch) =>
      averaged(() => {
        const [input, target] = prepare(batch)
        const output = forward(input)
        const value = loss(output, target)
        return { loss: value, rows: figures.evaluation.add(value, examplesIn(batch), output, target) }
      }),
    ),
    predict: compile((batch: Batch) => averaged(() => forward(inputOf(batch, options.prepare)))),
    differentiate(batch) {
      const [input, target] = prepare(batch)
      const value = loss(forward(input), target)
      return { loss: value, gradients: Object.fromEntries(gradients(value, trained)) }
    },
  }
}

/** What holds the parameters. */
export function partsOf({ model, parts }: { readonly model: object; readonly parts?: object }): object {
  if (parts !== undefined) return parts
  if (typeof model === 'function')
    throw new TypeError('Trainer: the model is a function: say in `parts` which module, or record of modules, it uses.')
  return model
}

function trainedParameters(parts: object, names: readonly string[]): ReadonlyMap<string, Variable> {
  const all = parameters(parts)
  return new Map(
    names.map((name) => {
      const parameter = all.get(name)
      if (parameter === undefined)
        throw new Error(
          `Trainer: the optimizer moves "${name}", which is none of the model's parameters (${[...all.keys()].join(', ')}). ` +
            'Make it for parameters(model), or for some of them under these names.',
        )
      return [name, parameter] as const
    }),
  )
}

function clipped(found: Collection<Tensor>, clip: GradientClipping | undefined): Collection<Tensor> {
  if (clip === undefined) return found
  return 'norm' in clip ? clipByNorm(found, clip.norm).gradients : clipByValue(found, clip.value)
}

/** Batches to predict for may lack the target, or the list around the input. */
function inputOf<Input, Batch>(
  batch: Batch,
  prepare: ((batch: Batch) => readonly [Input, unknown]) | undefined,
): Input {
  if (prepare !== undefined) return prepare(batch)[0]
  return (batch instanceof Tensor ? batch : (batch as unknown as readonly [Input])[0]) as Input
}

/** The length of the first axis of a batch's first tensor. */
function examplesIn(batch: unknown): number {
  const tensors: Tensor[] = []
  takeApart(batch, tensors)
  if (tensors.length === 0) throw new TypeError('Trainer: a batch holds no tensor.')
  return tensors[0]!.shape[0] ?? 1
}
