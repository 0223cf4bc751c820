import { Tensor } from '@neurite/tensor'

/** An axis (negative ones count from the end) or `null` for all that stands below, or one for each thing in a list, record or map. */
export type ExampleAxes =
  | number
  | null
  | readonly ExampleAxes[]
  | { readonly [name: string]: ExampleAxes }
  | ReadonlyMap<unknown, ExampleAxes>

/** The axis of every tensor in `tree`, in order. @throws TypeError if the structures do not fit. */
export function axesFor(what: string, axes: ExampleAxes, tree: unknown): (number | null)[] {
  const found: (number | null)[] = []
  collect(axes, tree, '')
  return found

  function collect(axes: ExampleAxes, tree: unknown, path: string): void {
    const isForAll = typeof axes === 'number' || axes === null
    if (tree instanceof Tensor) {
      if (!isForAll) throw new TypeError(`${what}: ${path || 'the result'} is a tensor and takes one axis or null.`)
      found.push(axes)
      return
    }
    for (const [key, item] of entriesOf(tree)) {
      const own = isForAll ? axes : entriesOf(axes).find(([name]) => name === key)?.[1]
      if (own === undefined && holdsTensors(item))
        throw new TypeError(
          `${what}: there is no axis for ${path}[${String(key)}]. Use null if it is the same for all examples.`,
        )
      collect((own ?? null) as ExampleAxes, item, `${path}[${String(key)}]`)
    }
  }
}

function entriesOf(tree: unknown): readonly (readonly [unknown, unknown])[] {
  if (tree instanceof Map) return [...tree]
  if (Array.isArray(tree)) return [...tree.entries()]
  if (typeof tree !== 'object' || tree === null) return []
  const prototype: unknown = Object.getPrototypeOf(tree)
  return prototype === Object.prototype || prototype === null ? Object.entries(tree) : []
}

function holdsTensors(tree: unknown): boolean {
  return tree instanceof Tensor || entriesOf(tree).some(([, item]) => holdsTensors(item))
}
