import { Flag } from '@neurite/tensor'
import { leavesOf } from './traversal.ts'

/**
 * Puts a module and everything in it into training mode: dropout drops, batch normalization uses the batch. Modules are made in
 * this mode. Sets every `Flag` in a field named `training`; functions compiled before notice.
 */
export function train(module: object): void {
  setTraining(module, true)
}

/** Puts a module and everything in it into evaluation mode, for use after training. */
export function evaluate(module: object): void {
  setTraining(module, false)
}

/**
 * Remembers which parts of a module are in which mode.
 * @returns what puts each part back into the mode that it has now, frozen ones too.
 */
export function rememberModes(module: object): () => void {
  const modes = [...trainingFlags(module)].map((flag) => [flag, flag.on] as const)
  return () => {
    for (const [flag, on] of modes) flag.on = on
  }
}

function setTraining(module: object, on: boolean): void {
  for (const flag of trainingFlags(module)) flag.on = on
}

function* trainingFlags(module: object): Generator<Flag> {
  for (const { path, cell } of leavesOf(module)) if (cell instanceof Flag && path.at(-1) === 'training') yield cell
}
