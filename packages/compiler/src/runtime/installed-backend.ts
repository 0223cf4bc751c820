// The machine that compiled functions and uncompiled values run on.

import { installEvaluator } from '@neurite/tensor'
import { type Backend, referenceBackend } from '../kernel/index.ts'
import { createEvaluator } from './evaluator.ts'

let installed: Backend | undefined

/** Runs everything on `backend` from now on: compiled functions, and tensors that are read outside of them. */
export function useBackend(backend: Backend): void {
  installed = backend
  installEvaluator(createEvaluator(backend))
}

/** The backend in use; the reference backend, which interprets, if none was chosen. */
export function installedBackend(): Backend {
  installed ??= referenceBackend()
  return installed
}
