import { describe, expect, it } from 'vitest'
import { planeProblems } from './lippmann-problems.ts'
import { constructedTable } from './lippmann-table.ts'

const problems = planeProblems(120)

describe("Lippmann's table", () => {
  it('by construction: half planes, convex regions, arbitrary ones', () => {
    const rows = constructedTable(problems).map(({ layers, problem, shape, accuracy }) => ({
      ...{ layers, problem: problem.name, type: shape.type, parts: shape.parts, solved: accuracy === 1 },
    }))
    expect(rows).toEqual([
      { layers: 1, problem: 'XOR', type: 'half plane', parts: 1, solved: false },
      { layers: 2, problem: 'XOR', type: 'convex open', parts: 1, solved: true },
      { layers: 3, problem: 'XOR', type: 'convex open', parts: 1, solved: true },
      { layers: 1, problem: 'meshed classes', type: 'half plane', parts: 1, solved: false },
      { layers: 2, problem: 'meshed classes', type: 'convex closed', parts: 1, solved: false },
      { layers: 3, problem: 'meshed classes', type: 'arbitrary', parts: 1, solved: true },
      { layers: 1, problem: 'general shapes', type: 'half plane', parts: 1, solved: false },
      { layers: 2, problem: 'general shapes', type: 'convex closed', parts: 1, solved: false },
      { layers: 3, problem: 'general shapes', type: 'arbitrary', parts: 2, solved: true },
    ])
  })

  it('one line gets three corners of XOR right, as the best of all lines', () => {
    const [line] = constructedTable(problems.slice(0, 1))
    expect(line!.accuracy).toBe(0.75)
  })
})
