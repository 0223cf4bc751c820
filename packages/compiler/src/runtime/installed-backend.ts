// The machine that compiled functions and uncompiled values run on.

import { installEvaluator } from '@neurite/tensor'
import type { Backend } from '../kernel/index.ts'
import { createEvaluator } from './evaluator.ts'

// Interpreted in about the time that compiling takes.
const fewElements = 4096

let installed: Backend | undefined

/** Runs everything on `backend` from now on: compiled functions, and tensors that are read outside of them. */
export function useBackend(backend: Backend): void {
  installed = backend
  installEvaluator(createEvaluator(backend, { fewElements }))
}

/**
 * The backend in use.
 * @throws Error if none was chosen
 */
export function installedBackend(): Backend {
  if (installed === undefined)
    throw new Error(
      "There is no backend to run compiled functions on: import '@neurite/backend-cpu/install', or call useBackend with one; " +
        "referenceBackend() from '@neurite/compiler/kernel' interprets.",
    )
  return installed
}
