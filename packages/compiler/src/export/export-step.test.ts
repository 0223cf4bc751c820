import { type Tensor, tensor, Variable } from '@neurite/tensor'
import { beforeEach, describe, expect, test } from 'vitest'
import { compile } from '../compile/compile.ts'
import { type Backend, type Program, referenceBackend, type TypedArray } from '../kernel/index.ts'
import { useBackend } from '../runtime/installed-backend.ts'
import { sectionName } from './step-description.ts'

beforeEach(() => useBackend(referenceBackend()))

test('a backend that cannot export says so', async () => {
  const f = compile((x: Tensor) => x.add(1))
  await expect(f.export(tensor([1]))).rejects.toThrow("export: the backend 'reference' cannot export programs")
})

describe('a backend that exports', () => {
  /** Gives modules without code, and notes what it was given. */
  let asked: { program: Program; states: readonly TypedArray[] }[]

  beforeEach(() => {
    asked = []
    const backend: Backend = {
      ...referenceBackend(),
      async exportProgram(program, states) {
        asked.push({ program, states })
        const [inputs, outputs, places] = [program.inputs, program.outputs, program.states].map((buffers) =>
          buffers.map((buffer) => 64 * buffer),
        )
        const wasm = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)
        return { wasm, pages: 1, globals: {}, arena: 0, inputs: inputs!, outputs: outputs!, states: places!, fault: 0 }
      },
    }
    useBackend(backend)
  })

  test('is given the program and the values that its states have at the call', async () => {
    const [a, b] = [new Variable(tensor([1, 2])), new Variable(tensor([3], { dtype: 'int32' }))]
    const step = compile((x: Tensor) => {
      a.assign(a.value.add(x))
      return b.value.multiply(2)
    })
    step(tensor([10, 10]))
    const pending = step.export(tensor([0, 0]))
    step(tensor([10, 10]))
    const { variables } = await pending
    expect(new Set(variables)).toEqual(new Set([a, b]))
    const values = new Map(asked[0]!.states.map((state, i) => [variables[i], state]))
    expect(values.get(a)).toEqual(Float32Array.of(11, 12))
    expect(values.get(b)).toEqual(Int32Array.of(3))
  })

  test('its module stays a valid one, with a description of the call', async () => {
    const f = compile((_unused: Tensor, { x }: { x: Tensor }, name: string) => ({ y: x.add(1), name }))
    const { wasm } = await f.export(tensor([1]), { x: tensor([[1, 2]]) }, 'größe')
    const sections = WebAssembly.Module.customSections(new WebAssembly.Module(wasm), sectionName)
    const { outputs, ...description } = JSON.parse(new TextDecoder().decode(sections[0]))
    expect(description).toMatchObject({
      arguments: [{ shape: [1] }, { names: ['x'] }, { kind: 'fixed', value: 'größe' }],
      result: { names: ['y', 'name'] },
      // The program takes but the second tensor of the arguments.
      inputs: [{ place: 1, dtype: 'float32', shape: [1, 2] }],
    })
    expect(outputs).toMatchObject([{ dtype: 'float32', shape: [1, 2] }])
  })

  test.each<[string, unknown]>([
    ['argument 0.model is an object (Date)', { model: new Date(0) }],
    ['argument 0[1] is a function', [1, () => 0]],
    ['argument 0.get("a").rate is NaN', new Map([['a', { rate: Number.NaN }]])],
    ['argument 0 is 1', 1n],
    ['a key of argument 0 is an object (Variable)', new Map([[new Variable(tensor(1)), 1]])],
  ])('%s, which no other program can be given', async (message, argument) => {
    const f = compile((_argument: unknown) => tensor([1]))
    await expect(f.export(argument)).rejects.toThrow(`export: ${message}, which another program cannot be given`)
    expect(asked).toEqual([])
  })

  test('results are checked as arguments are', async () => {
    const f = compile(() => [tensor([1]), Symbol.iterator])
    await expect(f.export()).rejects.toThrow('export: the result[1] is Symbol(Symbol.iterator), which another program')
  })
})
