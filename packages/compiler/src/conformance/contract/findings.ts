import type { Backend, Executable, StateBuffer, TypedArray } from '../../kernel/index.ts'
import { differences } from '../compare.ts'
import type { ConformanceTest } from '../conformance-test.ts'

/** Collects sentences about what is not as it should be. */
class Findings {
  readonly sentences: string[] = []

  expect(what: string, actual: TypedArray, ...expected: readonly number[]): void {
    const wanted = (actual.constructor as Float32ArrayConstructor).from(expected)
    this.sentences.push(...differences(what, actual, wanted, new Float64Array(expected.length)))
  }

  expectThat(holds: boolean, sentence: string): void {
    if (!holds) this.sentences.push(sentence)
  }
}

export function contractTest(
  title: string,
  body: (backend: Backend, found: Findings) => Promise<void>,
): ConformanceTest {
  return {
    title,
    run: async (backend) => {
      const found = new Findings()
      await body(backend, found)
      return found.sentences
    },
  }
}

export const floats = (...values: readonly number[]): Float32Array => Float32Array.from(values)

export function stateOf(backend: Backend, ...values: readonly number[]): StateBuffer {
  const state = backend.createState('float32', values.length)
  state.write(Float32Array.from(values))
  return state
}

export const first = async (executable: Executable, ...inputs: readonly TypedArray[]): Promise<TypedArray> =>
  (await executable.run(inputs))[0]!

/** The message with which a run fails; undefined if it does not. */
export async function failure(run: Promise<unknown>): Promise<string | undefined> {
  try {
    await run
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : `not an Error: ${String(error)}`
  }
}
