// The demo as a user starts it, on a small budget. It runs what has been built: `pnpm test` builds first.

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { encodeSafetensors } from '@neurite/safetensors'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const program = fileURLToPath(new URL('../dist/main.js', import.meta.url))

interface Outcome {
  readonly code: number | null
  readonly out: string
  readonly error: string
}

/** Runs the demo to its end; `interruptAt` is a text after whose appearance SIGINT is sent. */
function demo(args: readonly string[], interruptAt?: string): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args])
    let [out, error] = ['', '']
    child.stdout.on('data', (data) => {
      out += data
      if (interruptAt !== undefined && out.includes(interruptAt)) child.kill('SIGINT')
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

test('trains both nets, shows what they learned, and proves that saved weights load', async () => {
  const weights = join(folder, 'weights.safetensors')
  const { code, out, error } = await demo(['--data', folder, '--epochs', '2', '--save', weights])
  expect(error).toBe('')
  expect(code).toBe(0)
  expect(out).toMatch(/1 xor 0 = 1 {3}the net says (0\.9|1\.0)/)
  expect(out).toContain('100 images to learn from, 20 others to test on')
  expect(out).toMatch(/epoch 2\/2 {3}loss \d/)
  expect(out).toMatch(/test accuracy \d+\.\d\d %/)
  expect(out).toContain('all 20 answers are the same')
  expect(existsSync(weights)).toBe(true)
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

test('Ctrl-C ends it with the exit code that shells expect, and one word', async () => {
  const { code, out, error } = await demo(['--data', folder, '--epochs', '900'], 'epoch 2/900')
  expect(code).toBe(130)
  expect(error).toBe('Interrupted.\n')
  expect(out).not.toContain('Done')
}, 60_000)

test('--help explains every option; an unknown one is an error', async () => {
  const help = await demo(['--help'])
  expect(help.code).toBe(0)
  for (const option of ['--data', '--seed', '--epochs', '--save']) expect(help.out).toContain(option)
  const unknown = await demo(['--colour'])
  expect(unknown.code).toBe(2)
  expect(unknown.error).toContain("unknown option '--colour'")
})
