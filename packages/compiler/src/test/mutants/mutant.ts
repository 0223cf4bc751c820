import { type Backend, type Program, referenceBackend } from '../../kernel/index.ts'
import { type Rewrites, rewriteProgram } from './rewrite-program.ts'

/** A backend with one mistake. */
export interface Mutant {
  readonly mistake: string
  /** The section of the suite that must find it. */
  readonly caughtBy: string
  create(): Backend
}

/** The reference backend, running other programs than it is given. */
export function programMutant(
  mistake: string,
  caughtBy: string,
  rewrites: Rewrites | ((program: Program) => Program),
): Mutant {
  const rewrite = typeof rewrites === 'function' ? rewrites : (program: Program) => rewriteProgram(program, rewrites)
  return {
    mistake,
    caughtBy,
    create: () => {
      const reference = referenceBackend()
      return { ...reference, prepare: (program, states) => reference.prepare(rewrite(program), states) }
    },
  }
}
