// Exported steps run without the framework and give the same bits.

import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { setThreads } from '@neurite/backend-cpu'
import { describe, expect, test } from 'vitest'
import {
  Adam,
  binaryCrossEntropyWithLogits,
  compile,
  crossEntropy,
  Dropout,
  type ExportedStep,
  gradients,
  Linear,
  parameters,
  relu,
  Sequential,
  seed,
  type Tensor,
  tanh,
  tensor,
  uniform,
  Variable,
  zeros,
} from './index.ts'
import { runIsolated, withFiles } from './test/isolated-step.ts'

type Run = (...args: unknown[]) => unknown
interface Loaded {
  run: Run
  states: { dtype: string; shape: number[] }[]
  readState(index: number): Float32Array
  writeState(index: number, values: unknown): void
}

/** The loader of an exported step, imported here. */
async function loader({ javascript }: Pick<ExportedStep, 'javascript'>): Promise<(source: unknown) => Promise<Loaded>> {
  const url = `data:text/javascript,${encodeURIComponent(javascript)}`
  return (await import(/* @vite-ignore */ url)).load
}

async function loaded(step: ExportedStep): Promise<Loaded> {
  return (await loader(step))(step.wasm)
}

describe('a training step with random numbers', () => {
  const corners = [0, 0, 0, 1, 1, 0, 1, 1]
  const targets = [0, 1, 1, 0]
  seed(3)
  const model = new Sequential(new Linear(2, 8), tanh, new Linear(8, 1))
  const optimizer = new Adam(parameters(model), { learningRate: 0.05 })
  const step = compile((batch: { x: Tensor<[4, 2]>; y: Tensor<[4, 1]> }) => {
    const noisy = batch.x.add(uniform([4, 2]).multiply(0.1))
    const loss: Tensor<[]> = binaryCrossEntropyWithLogits(model.forward(noisy), batch.y)
    optimizer.step(gradients(loss, parameters(model)))
    return { loss, noisy }
  })
  const batch = {
    x: tensor(corners).reshape([4, 2]) as Tensor<[4, 2]>,
    y: tensor(targets).reshape([4, 1]) as Tensor<[4, 1]>,
  }

  test('gives the same losses and parameters to the last bit in an empty project', async () => {
    for (let i = 0; i < 5; i++) step(batch)
    const pending = step.export(batch)
    // The values are those of the call, though steps are taken before the export is ready.
    const losses = Array.from({ length: 200 }, () => step(batch).loss.itemSync())
    const exported = await pending
    expect(losses.at(-1)).toBeLessThan(losses[0]! / 2)

    const printed = await runIsolated(
      exported,
      `const step = await load(wasm)
      const batch = { x: Float32Array.of(${corners}), y: Float32Array.of(${targets}) }
      const losses = Array.from({ length: 200 }, () => step.run(batch).loss[0])
      const states = step.states.map((_, i) => Array.from(step.readState(i)))
      console.log(JSON.stringify({ losses, states }))`,
    )
    const values = await Promise.all(
      exported.variables.map(async (variable) => Array.from(await variable.value.data())),
    )
    expect(printed).toEqual({ losses, states: values })
    for (const variable of parameters(model).values()) expect(exported.variables).toContain(variable)
  })

  test('steps that are loaded twice keep their states apart, and states can be written', async () => {
    const exported = await step.export(batch)
    const [a, b] = [await loaded(exported), await loaded(exported)]
    const arrays = { x: Float32Array.from(corners), y: Float32Array.from(targets) }
    const lossOf = (other: Loaded): number => (other.run(arrays) as { loss: Float32Array }).loss[0]!
    const before = a.states.map((_, i) => a.readState(i))
    const losses = Array.from({ length: 3 }, () => lossOf(a))
    expect(Array.from({ length: 3 }, () => lossOf(b))).toEqual(losses)
    for (const [i, value] of before.entries()) a.writeState(i, value)
    expect(lossOf(a)).toBe(losses[0])
  })
})

test('a step that several threads share has the same bits on the one thread of its export', async () => {
  setThreads(2)
  const model = new Sequential(new Linear(128, 256), relu, new Dropout(0.3), new Linear(256, 10))
  const optimizer = new Adam(parameters(model))
  const step = compile((x: Tensor<[64, 128]>, labels: Tensor<[64], 'int32'>) => {
    const loss: Tensor<[]> = crossEntropy(model.forward(x), labels)
    optimizer.step(gradients(loss, parameters(model)))
    return loss
  })
  const x = uniform([64, 128])
  const labels = tensor(
    Array.from({ length: 64 }, (_, i) => i % 10),
    { dtype: 'int32' },
  ) as Tensor<[64], 'int32'>
  const exported = await loaded(await step.export(x, labels))
  const arrays = [x.dataSync(), labels.dataSync()]
  for (let i = 0; i < 20; i++) expect(exported.run(...arrays)).toEqual(step(x, labels).dataSync())
})

test('lists, records, maps, plain values and every dtype go in and come out', async () => {
  const f = compile(
    (
      batch: { images: Tensor; labels: readonly Tensor[]; 'unused one': Tensor },
      weights: ReadonlyMap<string, Tensor>,
      mode: string,
      nothing?: undefined,
    ) => ({
      total: batch.images.add(batch.labels[1]!.cast('float32')),
      same: [batch.images, batch.images],
      scaled: new Map([...weights].map(([name, weight]) => [name, weight.multiply(2)])),
      isLarge: batch.labels[0]!.greater(2),
      note: `${mode} ✓`,
      nothing,
    }),
  )
  const args = [
    {
      images: tensor([[1.5, 2]]),
      labels: [tensor([1, 3], { dtype: 'uint8' }), tensor([7, -8], { dtype: 'int32' })],
      'unused one': tensor([true]),
    },
    new Map([['wé', tensor([4], { dtype: 'float64' })]]),
    'train',
  ] as const
  const exported = await f.export(...args)
  const step = await loaded(exported)
  const plain = {
    'unused one': Uint8Array.of(1),
    images: Float32Array.of(1.5, 2),
    labels: [Uint8Array.of(1, 3), Int32Array.of(7, -8)],
  }
  expect(step.run(plain, new Map([['wé', Float64Array.of(4)]]), 'train')).toEqual({
    total: Float32Array.of(8.5, -6),
    same: [Float32Array.of(1.5, 2), Float32Array.of(1.5, 2)],
    scaled: new Map([['wé', Float64Array.of(8)]]),
    isLarge: Uint8Array.of(0, 1),
    note: 'train ✓',
    nothing: undefined,
  })
})

test('elementary functions of float64, which JavaScript computes, agree to the bit', async () => {
  const points = [-Infinity, -30, -3.3, -2.5, -1, -0.1, -0, 0, 0.3, 0.99, 1, 2.4, 2.6, 5.9, 7, 800, Infinity, NaN]
  const f = compile((x: Tensor<[18], 'float64'>) => [
    x.exp(),
    x.log(),
    x.sin(),
    x.cos(),
    x.tanh(),
    x.sigmoid(),
    x.erf(),
    x.remainder(-1.7),
    x.power(x.add(0.5)),
  ])
  const x = tensor(points, { dtype: 'float64' }) as Tensor<[18], 'float64'>
  const step = await loaded(await f.export(x))
  expect(step.run(Float64Array.from(points))).toEqual(f(x).map((value) => value.dataSync()))
})

test('an index out of range has the message that it has in the framework', async () => {
  const f = compile((table: Tensor, at: Tensor) => table.take(at, 0))
  const step = await loaded(await f.export(tensor([1, 2, 3]), tensor([0, 1], { dtype: 'int32' })))
  const table = Float32Array.of(1, 2, 3)
  expect(() => step.run(table, Int32Array.of(0, 7))).toThrow(/index 7 is out of range for axis 0 of size 3/)
  expect(step.run(table, Int32Array.of(2, 0))).toEqual(Float32Array.of(3, 1))
})

test('a step of constants and large states alone', async () => {
  const total = new Variable(zeros([100_000]))
  const table = tensor(Array.from({ length: 100_000 }, (_, i) => i))
  const count = compile(() => total.assign(total.value.add(table)))
  const exported = await count.export()
  // What is zero takes no room.
  expect(exported.wasm.length).toBeLessThan(410_000)
  const step = await loaded(exported)
  expect(step.run()).toBeUndefined()
  step.run()
  expect(step.readState(0)).toEqual(Float32Array.from({ length: 100_000 }, (_, i) => 2 * i))
  expect(total.value.sum().itemSync()).toBe(0)
})

describe('what does not fit is refused by name', async () => {
  const scale = new Variable(tensor([1, 2]))
  const f = compile((batch: { x: Tensor; mask: readonly Tensor[] }, rate: number, of: ReadonlyMap<string, Tensor>) =>
    batch.x.multiply(rate).add(scale.value).add(of.get('a')!).add(batch.mask[0]!.cast('float32')),
  )
  const bool = { dtype: 'bool' } as const
  const exported = await f.export({ x: tensor([1, 2]), mask: [tensor([1, 0], bool)] }, 2, new Map([['a', tensor([1])]]))
  const step = await loaded(exported)
  const x = Float32Array.of(1, 2)
  const mask = [Uint8Array.of(1, 0)]
  const a = new Map([['a', Float32Array.of(1)]])

  test.each<[string, unknown[]]>([
    ['run: argument 0 must be a record of x, mask, but is undefined.', []],
    ['run: takes 3 arguments, but got 4.', [{ x, mask }, 2, a, 1]],
    ['run: argument 0 must be a record of x, mask, but is a record of x.', [{ x }, 2, a]],
    ['run: argument 0 must be a record of x, mask, but is a record of x, mask, y.', [{ x, mask, y: x }, 2, a]],
    [
      'argument 0.x must be a Float32Array of 2 elements (float32 [2]), but is a list of 2.',
      [{ x: [1, 2], mask }, 2, a],
    ],
    ['but is a Float64Array of 2 elements.', [{ x: Float64Array.of(1, 2), mask }, 2, a]],
    ['but is a Float32Array of 3 elements.', [{ x: new Float32Array(3), mask }, 2, a]],
    ['argument 0.mask must be a list of 1, but is a list of 0.', [{ x, mask: [] }, 2, a]],
    ['argument 0.mask[0] must hold 0 and 1, but holds 2.', [{ x, mask: [Uint8Array.of(0, 2)] }, 2, a]],
    ['argument 1 must be 2, as it was exported, but is 3.', [{ x, mask }, 3, a]],
    ['argument 2 must be a map of "a", but is a map of b.', [{ x, mask }, 2, new Map([['b', x]])]],
    [
      'argument 2.get("a") must be a Float32Array of 1 elements (float32 [1]), but is "a".',
      [{ x, mask }, 2, new Map([['a', 'a']])],
    ],
  ])('%s', (message, args) => {
    expect(() => step.run(...args)).toThrow(message)
    expect(step.run({ x, mask }, 2, a)).toEqual(Float32Array.of(5, 7))
  })

  test('states', () => {
    expect(() => step.readState(1)).toThrow('readState: there is no state 1; the step has 1.')
    expect(() => step.writeState(-1, x)).toThrow('writeState: there is no state -1')
    expect(() => step.readState('length' as never)).toThrow('readState: there is no state "length"')
    expect(() => step.writeState(0, [1, 2])).toThrow('writeState: state 0 must be a Float32Array of 2 elements')
  })

  test('sources', async () => {
    const load = await loader(exported)
    for (const source of [exported.wasm.buffer, new WebAssembly.Module(exported.wasm), Promise.resolve(exported.wasm)])
      expect((await load(source)).readState(0)).toEqual(x)
    expect((await load(new Response(exported.wasm))).readState(0)).toEqual(x)
    await expect(load('step.wasm')).rejects.toThrow('load: takes the bytes of the .wasm file')
    await expect(load(new Response('', { status: 404 }))).rejects.toThrow('the server answered 404')
    await expect(load(exported.wasm.subarray(0, 100))).rejects.toThrow('the engine refuses the bytes')
    await expect(load(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0))).rejects.toThrow(
      'none that @neurite/compiler has exported',
    )
  })
})

test('the declarations say what goes in and comes out', async () => {
  const total = new Variable(zeros([2, 3]))
  const f = compile((x: Tensor, options: { 'a-b': Tensor; rate: number }, rest: readonly Tensor[]) => {
    total.assign(total.value.add(x))
    return { sum: total.value.sum(), rest: new Map([['y', rest[0]!.add(options['a-b'])]]) }
  })
  const exported = await f.export(zeros([2, 3]), { 'a-b': tensor([1], { dtype: 'int32' }), rate: 2 }, [zeros([1])])
  expect(exported.types).toContain('argument0: Float32Array /* float32 [2, 3] */')
  await withFiles(exported, async (folder) => {
    const use = `import { load, type Step } from './step.js'
      const step: Step = await load(new Uint8Array())
      const result = step.run(new Float32Array(6), { 'a-b': new Int32Array(1), rate: 2 }, [new Float32Array(1)])
      const sum: Float32Array = result.sum
      const y: Float32Array | undefined = result.rest.get('y')
      const state: Float32Array = step.readState(0)
      for (let i = 0; i < step.states.length; i++) step.writeState(i, step.readState(i))
      // @ts-expect-error
      step.run(new Float64Array(6), { 'a-b': new Int32Array(1), rate: 2 }, [new Float32Array(1)])
      // @ts-expect-error
      step.run(new Float32Array(6), { 'a-b': new Int32Array(1), rate: 3 }, [new Float32Array(1)])
      // @ts-expect-error
      step.run(new Float32Array(6), { 'a-b': new Int32Array(1), rate: 2 }, [])
      // @ts-expect-error
      step.writeState(0, new Float64Array(6))
      // @ts-expect-error
      load('step.wasm')
      export { sum, y, state }`
    await writeFile(join(folder, 'use.ts'), use)
    const typescript = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc')
    const options = '--noEmit --strict --target es2022 --module nodenext --lib es2022 --types'.split(' ')
    const check = promisify(execFile)(process.execPath, [typescript, ...options, '', 'use.ts'], { cwd: folder })
    await expect(check).resolves.toMatchObject({ stdout: '' })
  })
}, 60_000)
