import type { RecordedCase } from '../format/recorded.ts'
import type { TensorReader } from '../format/tensors.ts'
import { compareClip } from './clip-case.ts'
import type { Comparison } from './comparison.ts'
import { compareHessian, compareJacobian, compareJvp, compareNth, compareSecondOrder } from './derivative-cases.ts'
import { compareFunction } from './function-case.ts'
import { compareModule } from './module-case.ts'
import { compareOptimizer } from './optimizer-case.ts'
import { compareSchedule } from './schedule-case.ts'
import { compareTraining } from './training-case.ts'

/** Computes what a case asks for, and puts it beside what is recorded. */
export type Kind = (
  recorded: RecordedCase,
  reader: TensorReader,
) => readonly Comparison[] | Promise<readonly Comparison[]>

// Each kind knows the fields of its own cases; the field `kind` says which they are.
export const kinds = {
  function: compareFunction,
  module: compareModule,
  optimizer: compareOptimizer,
  schedule: compareSchedule,
  clip: compareClip,
  training: compareTraining,
  second_order: compareSecondOrder,
  jvp: compareJvp,
  nth: compareNth,
  hessian: compareHessian,
  jacobian: compareJacobian,
} as unknown as Readonly<Record<string, Kind>>
