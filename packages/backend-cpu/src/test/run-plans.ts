// Runs every plan of a contraction, not only the one that is chosen, and tells where results differ from the reference backend's.

import {
  bytesPerElement,
  type ContractionKernel,
  type Program,
  referenceBackend,
  type TypedArray,
  typedArrayOf,
  validate,
} from '@neurite/compiler/kernel'
import { describePlan } from '../contraction/describe-plan.ts'
import { emitPlan } from '../contraction/emit-contraction.ts'
import { type Contraction, normalize } from '../contraction/normalize.ts'
import { type ContractionPlan, contractionPlans } from '../contraction/plan.ts'
import type { blockSizes } from '../contraction/tile.ts'
import { addressName, ProgramModule } from '../program/program-module.ts'
import { importNamespace } from '../wasm/module-writer.ts'
import { differing, randomArray, randomNumbers } from './both-backends.ts'

/** Blocks so small that tests have several of each, the last ones shorter. */
const smallBlocks: typeof blockSizes = {
  outer: { rows: 4, columns: 8, tileBytes: 320 },
  inner: { rows: 4, columns: 4, tileBytes: 192 },
}

/** Sentences about what differs by more than `tolerance`, of a program whose only kernel is a contraction. */
export function differencesOfPlans(program: Program, { tolerance = 2e-5 }: { tolerance?: number } = {}): string[] {
  validate(program)
  const initial = initialValues(program)
  const expected = runReference(program, initial)
  const contraction = contractionOf(program)
  const plans = [...contractionPlans(contraction), ...contractionPlans(contraction, smallBlocks)]
  return plans.flatMap((plan) => {
    const actual = runPlan(program, plan, initial)
    return expected.flatMap((values, place) =>
      differing(`${describePlan(plan)}: result ${place}`, actual[place]!, values, tolerance),
    )
  })
}

/** Of a program whose only kernel is a contraction. */
export function contractionOf({ kernels }: Program): Contraction {
  return normalize(kernels[0] as ContractionKernel)
}

/** What a plan of the program's only kernel computes, of the same random data for all. */
export function resultsOfPlan(program: Program, plan: ContractionPlan): TypedArray[] {
  return runPlan(program, plan, initialValues(program))
}

function initialValues({ buffers }: Program): TypedArray[] {
  const random = randomNumbers(7)
  return buffers.map(({ dtype, size, data }) =>
    data === undefined ? randomArray(dtype, size, random) : typedArrayOf[dtype].from(data),
  )
}

function runReference(program: Program, initial: readonly TypedArray[]): TypedArray[] {
  const backend = referenceBackend()
  const states = program.states.map((buffer) => {
    const { dtype, size } = program.buffers[buffer]!
    const state = backend.createState(dtype, size)
    state.write(initial[buffer]!)
    return state
  })
  const executable = backend.prepare(program, states)
  const outputs = executable.runSync!(program.inputs.map((buffer) => initial[buffer]!))
  return [...outputs, ...states.map((state) => state.readSync!())]
}

function runPlan(program: Program, plan: ContractionPlan, initial: readonly TypedArray[]): TypedArray[] {
  const writer = new ProgramModule(program)
  const { target } = emitPlan(writer, 'contraction', plan)
  writer.module.export(target)
  const arena = 4096
  let end = arena + writer.arenaBytes
  const addresses = program.buffers.map(({ dtype, size, offset }) => {
    if (offset !== undefined) return arena + offset
    const address = Math.ceil(end / 64) * 64
    end = address + size * bytesPerElement[dtype]
    return address
  })
  const memory = new WebAssembly.Memory({ initial: Math.ceil((end + 64) / 65536) })
  // Scratch memory may hold anything.
  new Float32Array(memory.buffer).fill(Number.NaN)
  const views = program.buffers.map(
    ({ dtype, size }, buffer) => new typedArrayOf[dtype](memory.buffer, addresses[buffer]!, size),
  )
  program.buffers.forEach(({ role }, buffer) => {
    if (role === 'input' || role === 'state' || role === 'constant') views[buffer]!.set(initial[buffer]!)
  })
  const globals = Object.fromEntries(addresses.map((address, buffer) => [addressName(buffer), address]))
  const module = new WebAssembly.Module(writer.module.finish())
  const { exports } = new WebAssembly.Instance(module, { [importNamespace]: { memory, ...globals } })
  const run = exports[target.name] as (arena: number, scratch: number, firstRound: number, endRound: number) => void
  run(arena, arena, 0, 0)
  return [...program.outputs, ...program.states].map((buffer) => views[buffer]!)
}
