// The demo as a user starts it, on a small budget. It runs what has been built: `pnpm test` builds first.

import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { encodeSafetensors, parseSafetensorsHeader } from 'neurite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const program = fileURLToPath(new URL('../dist/main.js', import.meta.url))

interface Outcome {
  readonly code: number | null
  readonly out: string
  readonly error: string
}

type Demo = ChildProcessByStdio<null, Readable, Readable>

const pressControlC = (child: Demo): void => void child.kill('SIGINT')

/** Runs the demo to its end. When `moment` has been printed, `then` is done to it. */
function demo(args: readonly string[], moment?: string, then = pressControlC): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], {
      env: { ...process.env, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let [out, error] = ['', '']
    child.stdout.on('data', (data) => {
      const cameBefore = out.includes(moment ?? '')
      out += data
      if (moment !== undefined && !cameBefore && out.includes(moment)) then(child)
    })
    child.stderr.on('data', (data) => {
      error += data
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out, error }))
  })
}

/** An IDX file of bytes, which begins with its magic number and its lengths. */
function idx(lengths: readonly number[], values: ArrayLike<number>): Uint8Array {
  const header = new DataView(new ArrayBuffer(4 + 4 * lengths.length))
  header.setUint32(0, 0x0800 + lengths.length)
  lengths.forEach((length, axis) => {
    header.setUint32(4 + 4 * axis, length)
  })
  return Uint8Array.of(...new Uint8Array(header.buffer), ...Array.from(values))
}

let folder: string

beforeAll(async () => {
  expect(existsSync(program), `${program} is missing: build the demo first`).toBe(true)
  folder = await mkdtemp(join(tmpdir(), 'neurite-demo-test-'))
  const files = { 'train-images-idx3-ubyte': 100, 't10k-images-idx3-ubyte': 20 }
  for (const [name, count] of Object.entries(files)) {
    const labels = Array.from({ length: count }, (_, i) => i % 10)
    // Every class is a bright bar at a place of its own.
    const pixels = labels.flatMap((label) =>
      Array.from({ length: 784 }, (_, i) => (Math.floor(i / 56) === label ? 255 : 0)),
    )
    await writeFile(join(folder, name), idx([count, 28, 28], pixels))
    await writeFile(join(folder, name.replace('images-idx3', 'labels-idx1')), idx([count], labels))
  }
})

afterAll(() => rm(folder, { recursive: true }))

test('trains both networks, shows what they learned, and proves that saved weights load', async () => {
  const weights = join(folder, 'weights.safetensors')
  const { code, out, error } = await demo(['--data', folder, '--epochs', '12', '--save', weights])
  expect(error).toBe('')
  expect(code).toBe(0)
  for (const [pair, result] of Object.entries({ '0 xor 0': 0, '0 xor 1': 1, '1 xor 0': 1, '1 xor 1': 0 })) {
    const answer = new RegExp(`${pair} = ${result} {3}the network says (\\d\\.\\d+)`).exec(out)?.[1]
    expect(Number(answer)).toBeCloseTo(result, 1)
  }
  expect(out).toContain('100 images to learn from, 20 others to test on')
  expect(out).toMatch(/epoch 12\/12 {2}loss \d/)
  expect(Number(/Test accuracy (.*) %/.exec(out)?.[1])).toBeGreaterThan(80)
  expect(out).toMatch(/says \d \(\d+ %\), right/)
  expect(out).toContain('Same answers, to the last bit: to 20 digits')
  for (const line of out.replaceAll(folder, '').split('\n')) expect(line.length).toBeLessThanOrEqual(80)
  const saved = parseSafetensorsHeader(await readFile(weights)).entries.map(({ name }) => name)
  expect(saved).toContain('xor.0.weight')
  expect(saved).toContain('digits.1.weight')
}, 60_000)

const mnist = fileURLToPath(new URL('../../../../shared/data/mnist', import.meta.url))

test.skipIf(!existsSync(mnist))(
  'recognises real digits (skipped where ../shared/data/mnist is absent)',
  async () => {
    const { code, out } = await demo(['--data', mnist, '--epochs', '3'])
    expect(code).toBe(0)
    expect(Number(/Test accuracy (.*) %/.exec(out)?.[1])).toBeGreaterThan(95.5)
  },
  120_000,
)

test('without data it draws some', async () => {
  const { code, out } = await demo(['--epochs', '1'])
  expect(code).toBe(0)
  expect(out).toContain('8,000 images to learn from, 2,000 others to test on')
  expect(Number(/Test accuracy (.*) %/.exec(out)?.[1])).toBeGreaterThan(88)
}, 120_000)

test('the same seed prints the same, another one does not', async () => {
  const run = async (seed: string): Promise<string> => {
    const { out } = await demo(['--data', folder, '--epochs', '1', '--seed', seed])
    return out.replaceAll(/[\d,.]+ (?=samples\/s|s\.)/g, '')
  }
  const [first, again, other] = await Promise.all([run('7'), run('7'), run('8')])
  expect(again).toBe(first)
  expect(other).not.toBe(first)
}, 60_000)

describe('bad data is one line and exit code 1', () => {
  test.each<[string, () => Promise<string>, RegExp]>([
    ['no such folder', async () => join(folder, 'nowhere'), /there is no such folder/],
    ['a missing file', async () => mkdtemp(join(folder, 'empty-')), /train-images-idx3-ubyte: missing/],
    ['a truncated file', () => damaged((bytes) => bytes.subarray(0, 500)), /train-images-idx3-ubyte/],
    [
      'a file that is something else',
      () => damaged(() => encodeSafetensors({ x: { dtype: 'float32', shape: [1], data: new Float32Array(1) } })),
      /train-images-idx3-ubyte/,
    ],
  ])('%s', async (_, makeFolder, message) => {
    const { code, out, error } = await demo(['--data', await makeFolder()])
    expect(code).toBe(1)
    expect(error).toMatch(message)
    expect(error.trim().split('\n')).toHaveLength(1)
    expect(out).not.toContain('epoch')
  })

  async function damaged(change: (bytes: Uint8Array) => Uint8Array): Promise<string> {
    const copy = await mkdtemp(join(folder, 'damaged-'))
    const pixels = new Uint8Array(100 * 784)
    await writeFile(join(copy, 'train-images-idx3-ubyte'), change(idx([100, 28, 28], pixels)))
    await writeFile(join(copy, 'train-labels-idx1-ubyte'), idx([100], new Uint8Array(100)))
    return copy
  }
})

test('a file that cannot be written is told before training', async () => {
  const { code, out, error } = await demo(['--data', folder, '--save', join(folder, 'nowhere', 'weights.safetensors')])
  expect(code).toBe(1)
  expect(error).toMatch(/^--save .*nowhere.*ENOENT.*\n$/)
  expect(out).toBe('')
})

test('Ctrl-C ends it with the exit code that shells expect, and one word', async () => {
  const { code, out, error } = await demo(['--data', folder, '--epochs', '1000'], 'images to learn from')
  expect(code).toBe(130)
  expect(error).toBe('Interrupted.\n')
  expect(out).not.toContain('Test accuracy')
}, 60_000)

test('a reader that has seen enough ends it without complaint', async () => {
  const { code, error } = await demo(['--data', folder], 'images to learn from', (child) => child.stdout.destroy())
  expect(code).toBe(0)
  expect(error).toBe('')
}, 60_000)

test('--list names the lessons, --lesson holds one', async () => {
  const list = await demo(['--list'])
  expect(list.code).toBe(0)
  expect(list.out).toMatch(/^xor +\S.*\n/)
  const { code, out, error } = await demo(['--lesson', 'representation'])
  expect(error).toBe('')
  expect(code).toBe(0)
  expect(out).toMatch(/^Representation: Cartesian against polar\n/)
  expect(out).toContain('and 100.0 % in radius')
  const missing = await demo(['--lesson', 'sequence', '--data', join(folder, 'nowhere.txt')])
  expect(missing.code).toBe(1)
  expect(missing.error).toMatch(/^--data .*nowhere\.txt: ENOENT.*\n$/)
}, 60_000)

test('--help explains every option; an unknown one is an error', async () => {
  const help = await demo(['--help'])
  expect(help.code).toBe(0)
  for (const option of ['--lesson', '--list', '--minutes', '--data', '--seed', '--epochs', '--save'])
    expect(help.out).toContain(option)
  const unknown = await demo(['--colour'])
  expect(unknown.code).toBe(2)
  expect(unknown.error).toContain("unknown option '--colour'")
})
