import type { Tensor } from '@neurite/tensor'
import type { Module } from '../module.ts'

/** What can stand in a container: a module, or a function of one tensor such as `relu`. */
export type Stage = Module | ((input: Tensor) => Tensor)

/** What the stage makes of an input. */
export function applyStage(stage: Stage, input: Tensor): Tensor {
  return typeof stage === 'function' ? stage(input) : stage.forward(input)
}

/** @throws TypeError unless it is one. */
export function checkStage(container: string, name: string, stage: unknown): void {
  if (typeof stage === 'function' || typeof (stage as Partial<Module> | undefined)?.forward === 'function') return
  throw new TypeError(`${container}: ${name} is neither a module (an object with \`forward\`) nor a function.`)
}
