// The benchmark as a user starts it. It runs what has been built: `pnpm test` builds first.

import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, test } from 'vitest'
import { libraries } from './libraries/index.ts'
import type { LibraryEntry } from './libraries/library.ts'
import { workloads } from './workloads/index.ts'

const program = fileURLToPath(new URL('../dist/main.js', import.meta.url))

interface Outcome {
  readonly code: number
  readonly out: string
  readonly error: string
}

function benchmark(...args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], (failure, out, error) =>
      resolve({ code: Number(failure?.code ?? 0), out, error }),
    )
  })
}

beforeAll(() => {
  expect(existsSync(program), `${program} is missing: build the benchmark first`).toBe(true)
})

test('measures a workload: JSON lines, the table, the file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'neurite-benchmark-test-'))
  const [file, page] = [join(folder, 'figures.json'), join(folder, 'figures.html')]
  try {
    const names = ['--libraries', 'neurite', 'onnxruntime-node', 'convnetjs', 'js-pytorch']
    const chosen = libraries.filter(({ name }) => /^neurite|^onnx|^conv|^js-/.test(name))
    const args = ['--quick', '--only', 'xor-step', ...names, '--json', file, '--html', page]
    const { code, out, error } = await benchmark(...args)
    expect(code, error).toBe(0)
    const lines = out.split('\n')
    const measurements = lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line))
    // Why a library cannot do the work is said once; all that have a program for pages have its size.
    const refusals = { 'onnxruntime-node': 'trains nothing', 'js-pytorch': 'no optimizer but Adam' }
    const able = chosen.filter(({ name }) => !(name in refusals))
    const isResizable = ({ name }: LibraryEntry) => name !== 'neurite-exported'
    const linesOf = (metric: string, entries: readonly LibraryEntry[]) => entries.map(({ name }) => `${metric} ${name}`)
    expect(measurements.map(({ library, metric }) => `${metric} ${library}`)).toEqual([
      ...linesOf('time', chosen),
      ...['coldStart', 'memory', 'peakMemory'].flatMap((metric) => linesOf(metric, able)),
      ...linesOf('newBatchSize', able.filter(isResizable)),
      ...linesOf(
        'size',
        chosen.filter(({ minimalProgram }) => minimalProgram !== undefined),
      ),
    ])
    for (const { workload, library, metric, value, threads, error } of measurements) {
      expect(workload).toBe('xor-step')
      const refusal = refusals[library as keyof typeof refusals]
      if (refusal !== undefined && metric === 'time') expect(error).toContain(refusal)
      else expect(value, `${library}: ${error}`).toBeGreaterThan(0)
      expect(threads).toBe(library === 'neurite-2-threads' ? 2 : 1)
    }
    for (const { ratio, value } of measurements.filter(({ library }) => library !== 'neurite'))
      if (value !== null) expect(ratio).toBeGreaterThan(0)
    expect(out).toMatch(/^ +time +cold start +new batch size +memory +peak memory +program$/m)
    expect(out).toMatch(/^ {2}neurite .* µs .* ms .* ms .* MB .* MB .* KB$/m)
    const kept = JSON.parse(await readFile(file, 'utf8'))
    expect(kept.quick).toBe(true)
    expect(kept.machine.node).toContain(process.versions.node)
    expect(kept.measurements).toHaveLength(measurements.length)
    const html = await readFile(page, 'utf8')
    for (const { name } of chosen) expect(html).toContain(`<th scope="row">${name}</th>`)
  } finally {
    await rm(folder, { recursive: true })
  }
}, 300_000)

test('--list shows the workloads', async () => {
  const { code, out } = await benchmark('--list')
  expect(code).toBe(0)
  const [list, others] = out.trimEnd().split('\n\n')
  const lines = list!.split('\n')
  expect(lines.map((line) => line.split(/ {2,}/))).toEqual(workloads.map(({ name, summary }) => [name, summary]))
  for (const { name } of libraries) expect(others).toContain(name)
})

test('an unknown workload is a usage error', async () => {
  const { code, error } = await benchmark('--only', 'resnet')
  expect(code).toBe(2)
  expect(error).toContain('--only resnet: there is no such workload; there are xor-step,')
})

test.each(['--json', '--html'])(
  '%s: a file that cannot be written is said before anything is measured',
  async (option) => {
    const { code, out, error } = await benchmark(option, join(program, 'figures'))
    expect(code).toBe(1)
    expect(out).toBe('')
    expect(error).toMatch(new RegExp(`^${option} .*figures: ENOTDIR`))
  },
)
