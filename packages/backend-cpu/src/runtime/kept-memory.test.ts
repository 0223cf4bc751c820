import { applyScalar, axisIndex, type Program, storeTo, writeProgram } from '@neurite/compiler/kernel'
import { expect, test, vi } from 'vitest'
import { cpuBackend } from './cpu-backend.ts'

/** out[i] = x[0] + i */
function countUp(size: number): Program {
  const write = writeProgram()
  const [x, out] = [write.input('float32', 1), write.output('float32', size)]
  const number = { kind: 'index', index: axisIndex(0), dtype: 'float32' } as const
  const sum = applyScalar('add', [write.load(x, { constant: 0, terms: [] }), number])
  write.kernel({ kind: 'loop', label: 'count', extents: [size], steps: [storeTo(out, axisIndex(0), sum)] })
  return write.finish()
}

const isGlibc = Object.hasOwn(
  (process.report.getReport() as unknown as { header: object }).header,
  'glibcVersionRuntime',
)

test('a few results, as initial weights are, make nothing that the collector would have to free', () => {
  const asked: number[] = []
  vi.stubGlobal(
    'ArrayBuffer',
    class extends ArrayBuffer {
      constructor(bytes: number) {
        super(bytes)
        asked.push(bytes)
      }
    },
  )
  const executable = cpuBackend().prepare(countUp(2 ** 16), [])
  for (let run = 0; run < 8; run++) executable.runSync!([Float32Array.of(1)])
  vi.unstubAllGlobals()
  expect(asked).toEqual([])
})

test.skipIf(!isGlibc)('results take the memory of dropped ones, which glibc would fetch anew page by page', () => {
  const [size, runs] = [2 ** 20, 200]
  const executable = cpuBackend().prepare(countUp(size), [])
  const run = (): number => executable.runSync!([Float32Array.of(1)])[0]![size - 1]!
  for (let i = 0; i < 100; i++) run()
  const before = process.resourceUsage().minorPageFault
  for (let i = 0; i < runs; i++) expect(run()).toBe(size)
  const faults = process.resourceUsage().minorPageFault - before
  expect(faults).toBeLessThan(0.1 * runs * ((4 * size) / 4096))
})
