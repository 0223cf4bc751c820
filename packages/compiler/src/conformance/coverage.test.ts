// The suite speaks the whole language: a new operation without a case fails here.

import { expect, test } from 'vitest'
import {
  type Combine,
  dtypesOfCombine,
  dtypesOfScalarOp,
  type Program,
  type ScalarOp,
  scalarOpArity,
} from '../kernel/index.ts'
import { nodesOf, partsOf, rootsOf } from '../kernel/traverse.ts'
import { accessCases } from './cases/access.ts'
import { contractionCases } from './cases/contractions.ts'
import { convolutionCases } from './cases/convolutions.ts'
import { epilogueCases } from './cases/epilogues.ts'
import { guardCases } from './cases/guards.ts'
import { lookUpCases, scatterCases } from './cases/look-ups.ts'
import { reductionCases, rowProgramCases } from './cases/reductions.ts'
import { castCases, scalarOperationCases } from './cases/scalar-operations.ts'
import { updateCases } from './cases/updates.ts'
import { randomCase } from './programs/random-program.ts'

const written = [
  ...[scalarOperationCases(), castCases(), accessCases(), guardCases(), lookUpCases(), reductionCases()],
  ...[rowProgramCases(), updateCases(), contractionCases(), epilogueCases(), convolutionCases(), scatterCases()],
].flatMap((cases) => cases.map(({ program }) => program))
const random = Array.from({ length: 500 }, (_, seed) => randomCase(seed).program)

/** `add float32`, `cast int32 bool`, `argMax bool`, `scatter uint8`, … */
function spokenIn(programs: readonly Program[]): ReadonlySet<string> {
  const spoken = new Set<string>()
  for (const kernel of programs.flatMap(({ kernels }) => kernels)) {
    if (kernel.kind === 'loop')
      for (const step of kernel.steps) if (step.kind === 'reduce') spoken.add(`${step.combine} of ${step.value.dtype}`)
    if (kernel.kind === 'contraction') spoken.add(`contraction of ${kernel.left.dtype}`)
    if (kernel.kind === 'scatter') spoken.add(`scatter of ${kernel.value.dtype}`)
    for (const node of nodesOf(partsOf(kernel).flatMap(rootsOf))) {
      if (node.kind !== 'apply') spoken.add(`${node.kind} ${node.dtype}`)
      else if (node.op === 'cast') spoken.add(`cast ${node.operands[0]!.dtype} ${node.dtype}`)
      else spoken.add(`${node.op} ${node.op === 'select' ? node.dtype : node.operands[0]!.dtype}`)
    }
  }
  return spoken
}

const dtypes = dtypesOfScalarOp.select
const language = [
  ...(Object.keys(scalarOpArity) as ScalarOp[])
    .filter((op) => op !== 'cast')
    .flatMap((op) => dtypesOfScalarOp[op].map((dtype) => `${op} ${dtype}`)),
  ...dtypes.flatMap((from) => dtypes.map((to) => `cast ${from} ${to}`)),
  ...(Object.keys(dtypesOfCombine) as Combine[]).flatMap((combine) =>
    dtypesOfCombine[combine].map((dtype) => `${combine} of ${dtype}`),
  ),
  ...dtypesOfCombine.add.flatMap((dtype) => [`contraction of ${dtype}`, `scatter of ${dtype}`]),
  ...(['constant', 'index', 'load', 'guard'] as const).flatMap((kind) => dtypes.map((dtype) => `${kind} ${dtype}`)),
]

test('the cases speak the whole language', () => {
  const spoken = spokenIn(written)
  expect(language.filter((word) => !spoken.has(word))).toEqual([])
})

test('so do 500 random programs, but for casts of a dtype to itself', () => {
  const spoken = spokenIn(random)
  const isOwnCast = (word: string): boolean => /^cast (\w+) \1$/.test(word)
  expect(language.filter((word) => !spoken.has(word) && !isOwnCast(word))).toEqual([])
})
