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

function setTraining(module: object, on: boolean): void {
  for (const { path, cell } of leavesOf(module)) if (cell instanceof Flag && path.at(-1) === 'training') cell.on = on
}
