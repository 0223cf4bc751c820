import { full, ShapeError, showShape, type Tensor, type TypedArray, tensor, Variable } from '@neurite/tensor'
import type { Collected, Metric } from '../metrics/index.ts'
import type { AnyFigures } from './figures.ts'

/** The name of the loss among the figures. */
const lossName = 'loss'

type Rows = Readonly<Record<string, Tensor>>

/**
 * The loss and the metrics of the batches since the last `reset`. Sums are variables, which compiled steps add to in place; nothing is
 * read before `read`.
 */
export class RunningFigures {
  readonly #metrics: Readonly<Record<string, Metric>>
  readonly #sums = new Map<string, Variable>()
  readonly #rows = new Map<string, Tensor[]>()

  /** @throws RangeError if a metric is called "loss". */
  constructor(metrics: Readonly<Record<string, Metric>>) {
    if (lossName in metrics) throw new RangeError('Trainer: no metric can be called "loss": the name is taken.')
    this.#metrics = metrics
  }

  /**
   * Part of a compiled step: adds what a batch comes to.
   * @param loss The mean over the batch, [].
   * @returns what `keep` shall be given after the step.
   */
  add(loss: Tensor, examples: number, output: unknown, target: unknown): Rows {
    if (loss.rank !== 0)
      throw new ShapeError(`Trainer: the loss is ${showShape(loss.shape)}; it must be one number, [].`)
    this.#addTo('loss.total', loss.cast('float64').multiply(examples))
    this.#addTo('loss.count', full([], examples, 'float64'))
    const rows: Record<string, Tensor> = {}
    for (const [name, metric] of Object.entries(this.#metrics)) {
      const statistics = metric.statistics(output as Tensor, target as Tensor)
      for (const [key, sum] of Object.entries(statistics.sums ?? {})) this.#addTo(`${name}.${key}`, sum)
      for (const [key, row] of Object.entries(statistics.rows ?? {})) rows[`${name}.${key}`] = row.flatten()
    }
    return rows
  }

  keep(rows: Rows): void {
    for (const name in rows) {
      const kept = this.#rows.get(name)
      if (kept === undefined) this.#rows.set(name, [rows[name]!])
      else kept.push(rows[name]!)
    }
  }

  reset(): void {
    this.#rows.clear()
    for (const sum of this.#sums.values()) sum.assign(zerosOf(sum))
  }

  /** The figures of the batches so far. */
  async read(): Promise<AnyFigures> {
    const collected = await this.#collect()
    const loss = collected(lossName)
    const figures = Object.entries(this.#metrics).map(([name, metric]) => [name, metric.result(collected(name))])
    return { loss: loss.total![0]! / loss.count![0]!, ...Object.fromEntries(figures) }
  }

  async stateDict(): Promise<Record<string, Tensor>> {
    const sums = [...this.#sums].map(([name, { value }]) => [`sums.${name}`, value] as const)
    const rows = [...this.#rows].map(async ([name, kept]) => {
      const [data, { dtype }] = [await joined(kept), kept[0]!]
      return [`rows.${name}`, tensor(data, { shape: [data.length], dtype })] as const
    })
    return Object.fromEntries([...sums, ...(await Promise.all(rows))])
  }

  loadStateDict(saved: Readonly<Record<string, Tensor>>): void {
    this.reset()
    for (const [name, value] of Object.entries(saved)) {
      const [, kind, own] = /^(sums|rows)\.(.+)$/s.exec(name)!
      if (kind === 'rows') this.#rows.set(own!, [value])
      else if (this.#sums.has(own!)) this.#sums.get(own!)!.assign(value)
      else this.#sums.set(own!, new Variable(value))
    }
  }

  #addTo(name: string, amount: Tensor): void {
    const added = amount.cast('float64')
    let sum = this.#sums.get(name)
    if (sum === undefined) {
      sum = new Variable(zerosOf(added))
      this.#sums.set(name, sum)
    }
    sum.assign(sum.value.add(added))
  }

  async #collect(): Promise<(metric: string) => Collected> {
    const all = new Map<string, TypedArray>()
    for (const [name, { value }] of this.#sums) all.set(name, await value.data())
    for (const [name, kept] of this.#rows) all.set(name, await joined(kept))
    return (metric) =>
      Object.fromEntries(
        [...all].flatMap(([name, data]) =>
          name.startsWith(`${metric}.`) ? [[name.slice(metric.length + 1), data] as const] : [],
        ),
      )
  }
}

/** Zeros that are known at once. */
function zerosOf({ shape }: { readonly shape: readonly number[] }): Tensor {
  const size = shape.reduce((product, length) => product * length, 1)
  return tensor(new Float64Array(size), { shape, dtype: 'float64' })
}

/** The elements of vectors one after the other. */
async function joined(vectors: readonly Tensor[]): Promise<TypedArray> {
  const parts: TypedArray[] = []
  for (const vector of vectors) parts.push(await vector.data())
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const whole = new (parts[0]!.constructor as new (length: number) => TypedArray)(length)
  let start = 0
  for (const part of parts) {
    whole.set(part, start)
    start += part.length
  }
  return whole
}
