import '@neurite/backend-cpu/install'
import { expect, test } from 'vitest'
import { planeProblems } from './lippmann-problems.ts'
import { trainedTable } from './trained-table.ts'

const problems = planeProblems(120)

test('by training: one layer fails, and two layers are not bound to convex regions', async () => {
  const entries = await trainedTable(problems, { epochs: 600, starts: 2 })
  const accuracyOf = (layers: number, name: string): number =>
    entries.find((entry) => entry.layers === layers && entry.problem.name === name)!.accuracy
  for (const { name } of problems) {
    expect(accuracyOf(1, name), name).toBeLessThan(0.9)
    expect(accuracyOf(2, name), name).toBeGreaterThan(accuracyOf(1, name))
  }
  const meshed = entries.find(({ layers, problem }) => layers === 2 && problem.name === 'meshed classes')!
  expect(meshed.accuracy).toBeGreaterThan(0.95)
  expect(meshed.shape.looksConvex).toBe(false)
  // Exactly so for the same weights with hard limiters.
  for (const { layers, problem, hardened } of entries) {
    if (layers === 1) expect(hardened.shape.type).toBe('half plane')
    if (layers === 1 || problem.name === 'XOR') continue
    expect(hardened.shape).toMatchObject({ type: 'arbitrary', isConvex: false })
    expect(hardened.accuracy).toBeGreaterThan(0.75)
  }
}, 30_000)
