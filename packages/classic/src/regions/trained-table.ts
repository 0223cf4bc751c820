// Lippmann's table by training: what perceptrons of one, two and three layers learn to part.

import { MultiLayerPerceptron } from '../multi-layer-perceptron/multi-layer-perceptron.ts'
import { type DecisionCell, decisionCells } from './decision-cells.ts'
import { hardenedNet } from './hardened-net.ts'
import { type PlaneProblem, planeProblems } from './lippmann-problems.ts'
import type { LayerCount } from './lippmann-table.ts'
import { classAt, type PlaneNet } from './plane-net.ts'
import { type RegionShape, regionShape } from './region-shape.ts'
import { type SampledRegions, type SampledShape, sampledShape, sampleRegions } from './sampled-regions.ts'

/** A field of the table, by training: a net of sigmoids, whose region has curved borders and is only sampled. */
export interface TrainedEntry {
  readonly layers: LayerCount
  readonly problem: PlaneProblem
  readonly net: MultiLayerPerceptron
  readonly regions: SampledRegions
  readonly shape: SampledShape
  readonly accuracy: number
  readonly hardened: HardenedEntry
}

/** What a trained net becomes with hard limiters in the place of its sigmoids: its region is known exactly. */
export interface HardenedEntry {
  readonly net: PlaneNet
  readonly cells: readonly DecisionCell[]
  readonly shape: RegionShape
  readonly accuracy: number
}

export interface TrainedTableOptions {
  /** Nodes of the first hidden layer, default 12; a second one has half as many. */
  readonly hidden?: number
  /** Passes through the points, default 1500. */
  readonly epochs?: number
  /** Of several starts the best is kept, default 3. */
  readonly starts?: number
  /** Start of the random numbers, default 0. */
  readonly seed?: number
}

/**
 * The table by training: perceptrons of sigmoid nodes, taught by back-propagation. Two trained layers are not bound to convex regions: the table's second row is what an AND can
 * do, and the weights of the second layer are free (Huang & Lippmann 1987; Wieland & Leighton 1987).
 */
export async function trainedTable(
  problems: readonly PlaneProblem[] = planeProblems(),
  options: TrainedTableOptions = {},
): Promise<TrainedEntry[]> {
  const entries: TrainedEntry[] = []
  for await (const entry of trainedEntries(problems, options)) entries.push(entry)
  return entries
}

/** The same field by field, as each is trained: of every problem one, two and three layers. */
export async function* trainedEntries(
  problems: readonly PlaneProblem[] = planeProblems(),
  options: TrainedTableOptions = {},
): AsyncGenerator<TrainedEntry, void, void> {
  const { hidden = 12, epochs = 1500, starts = 3, seed = 0 } = options
  for (const problem of problems)
    for (const [layers, sizes] of [
      [1, [2, 1]],
      [2, [2, hidden, 1]],
      [3, [2, hidden, Math.ceil(hidden / 2), 1]],
    ] as const) {
      const trained = Array.from({ length: starts }, (_, start) => trainedNet(problem, sizes, epochs, seed + start))
      const [best] = trained.toSorted((p, q) => q.accuracy - p.accuracy)
      const { net, accuracy } = best!
      const regions = await sampleRegions((points) => net.forward(points), problem.window)
      const hardened = hardenedEntry(problem, hardenedNet(net))
      yield { layers, problem, net, regions, shape: sampledShape(regions), accuracy, hardened }
    }
}

function hardenedEntry({ points, labels }: PlaneProblem, net: PlaneNet): HardenedEntry {
  const cells = decisionCells(net)
  const right = points.filter(([x, y], i) => classAt(net, x, y) === labels[i]).length
  return { net, cells, shape: regionShape(cells), accuracy: right / points.length }
}

function trainedNet(
  { points, labels }: PlaneProblem,
  sizes: readonly number[],
  epochs: number,
  seed: number,
): { readonly net: MultiLayerPerceptron; readonly accuracy: number } {
  const net = new MultiLayerPerceptron(sizes, { seed })
  const desired = labels.map((label) => [label])
  net.train(points, desired, { epochs, shuffle: true, seed, tolerance: 0.2 })
  const answers = net.classifyAll(points)
  return { net, accuracy: answers.filter((answer, i) => answer === labels[i]).length / labels.length }
}
