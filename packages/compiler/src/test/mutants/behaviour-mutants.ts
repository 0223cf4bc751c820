// Backends that compute the right numbers and still break their promises.

import {
  type Backend,
  type Executable,
  type Program,
  referenceBackend,
  type StateBuffer,
  type TypedArray,
} from '../../kernel/index.ts'
import type { Mutant } from './mutant.ts'

function mutant(mistake: string, change: (reference: Backend) => Partial<Backend>, caughtBy = 'contract'): Mutant {
  return {
    mistake,
    caughtBy,
    create: () => {
      const reference = referenceBackend()
      return { ...reference, ...change(reference) }
    },
  }
}

/** Changes the runs of every executable. */
function wrongRun(
  mistake: string,
  run: (executable: Executable, program: Program) => Executable['run'],
  caughtBy?: string,
): Mutant {
  return mutant(
    mistake,
    (reference) => ({
      prepare: (program, states) => {
        const executable = reference.prepare(program, states)
        // Without a twin, so that only the mistake is seen.
        return { run: run(executable, program), release: executable.release }
      },
    }),
    caughtBy,
  )
}

/** Changes every state, keeping for the reference backend the one that it knows. */
function wrongState(mistake: string, change: (state: StateBuffer) => Partial<StateBuffer>): Mutant {
  return mutant(mistake, (reference) => {
    const known = new WeakMap<StateBuffer, StateBuffer>()
    return {
      createState: (dtype, size) => {
        const state = reference.createState(dtype, size)
        const changed = { ...state, ...change(state) }
        known.set(changed, state)
        return changed
      },
      prepare: (program, states) =>
        reference.prepare(
          program,
          states.map((state) => known.get(state)!),
        ),
    }
  })
}

export const behaviourMutants: readonly Mutant[] = [
  wrongRun('the outputs of a run are those of the run before', (executable) => {
    let stale: TypedArray[] | undefined
    return async (inputs) => {
      const fresh = await executable.run(inputs)
      const given = stale ?? fresh
      stale = fresh
      return given
    }
  }),
  wrongRun('every run gives the same arrays', (executable) => {
    let kept: TypedArray[] | undefined
    return async (inputs) => {
      const fresh = await executable.run(inputs)
      kept ??= fresh
      kept.forEach((array, i) => {
        array.set(fresh[i]!)
      })
      return kept
    }
  }),
  wrongRun('inputs are copied too late', (executable) => async (inputs) => {
    await undefined
    return executable.run(inputs)
  }),
  wrongRun('inputs are taken for outputs', (executable) => async (inputs) => {
    const results = await executable.run(inputs)
    inputs[0]?.fill(0)
    return results
  }),
  wrongRun(
    'faults are swallowed',
    (executable, program) => (inputs) =>
      executable.run(inputs).catch(() => program.outputs.map(() => new Float32Array(2))),
  ),
  wrongRun(
    'faults name no value',
    (executable, program) => (inputs) =>
      executable.run(inputs).catch(() => {
        throw new Error(program.faults[0]?.message)
      }),
  ),
  wrongRun('faults are thrown at once', (executable) => (inputs) => {
    executable.runSync!(inputs.map((input) => input.slice()))
    return executable.run(inputs)
  }),
  wrongRun('outputs come in the order of their buffers', (executable, { outputs }) => async (inputs) => {
    const results = await executable.run(inputs)
    const order = outputs.map((buffer, place) => ({ buffer, place })).sort((a, b) => a.buffer - b.buffer)
    return order.map(({ place }) => results[place]!)
  }),
  wrongRun(
    'bools are 0 and 255',
    (executable, { outputs, buffers }) =>
      async (inputs) =>
        (await executable.run(inputs)).map((result, i) =>
          buffers[outputs[i]!]!.dtype === 'bool' ? result.map((value) => 255 * value) : result,
        ),
    'access',
  ),
  wrongRun(
    'float64 comes as float32',
    (executable) => async (inputs) =>
      (await executable.run(inputs)).map((result) =>
        result instanceof Float64Array ? Float32Array.from(result) : result,
      ),
    'access',
  ),
  mutant('runSync gives nothing', (reference) => ({
    prepare: (program, states) => ({ ...reference.prepare(program, states), runSync: () => [] }),
  })),
  mutant('programs are prepared once, for the first states', (reference) => {
    const prepared = new Map<Program, Executable>()
    return {
      prepare: (program, states) => {
        const executable = prepared.get(program) ?? reference.prepare(program, states)
        prepared.set(program, executable)
        return executable
      },
    }
  }),
  mutant('each executable works on states of its own', (reference) => ({
    prepare: (program, states) => {
      const copies = states.map((state) => {
        const copy = reference.createState(state.dtype, state.size)
        copy.write(state.readSync!())
        return copy
      })
      return reference.prepare(program, copies)
    },
  })),
  mutant('states are bound in the order of their buffers', (reference) => ({
    prepare: (program, states) => {
      const order = program.states.map((buffer, place) => ({ buffer, place })).sort((a, b) => a.buffer - b.buffer)
      const inOrder = { ...program, states: order.map(({ buffer }) => buffer) }
      return reference.prepare(inOrder, states)
    },
  })),
  mutant('releasing one executable ends all', (reference) => {
    let isReleased = false
    return {
      prepare: (program, states) => {
        isReleased = false
        const executable = reference.prepare(program, states)
        return {
          run: async (inputs) => {
            if (isReleased) throw new Error('released')
            return executable.run(inputs)
          },
          release: () => {
            isReleased = true
          },
        }
      },
    }
  }),
  mutant('large states make those before them unreadable', (reference) => {
    let generation = 0
    const known = new WeakMap<StateBuffer, StateBuffer>()
    return {
      createState: (dtype, size) => {
        if (size > 1_000_000) generation++
        const born = generation
        const state = reference.createState(dtype, size)
        const changed = {
          ...state,
          read: async () => (born === generation ? state.read() : (await state.read()).subarray(0, 0)),
        }
        known.set(changed, state)
        return changed
      },
      prepare: (program, states) =>
        reference.prepare(
          program,
          states.map((state) => known.get(state)!),
        ),
    }
  }),
  mutant('describe knows the first kernel only', (reference) => ({
    describe: (program) => reference.describe(program).slice(0, 1),
  })),
  wrongState('a state keeps the array that it is given', (state) => {
    let kept: TypedArray | undefined
    return {
      write: (data) => {
        kept = data
        state.write(data)
      },
      read: async () => kept?.slice() ?? (await state.read()),
    }
  }),
  wrongState('a state gives its own memory away', (state) => {
    let given: TypedArray | undefined
    return {
      read: async () => {
        given ??= await state.read()
        return given
      },
    }
  }),
  wrongState('states are bytes', (state) => ({ read: async () => Uint8Array.from(await state.read()) })),
  mutant('programs are changed', (reference) => ({
    prepare: (program, states) => {
      ;(program.faults as unknown[]).push({ message: 'mine' })
      return reference.prepare(program, states)
    },
  })),
]
