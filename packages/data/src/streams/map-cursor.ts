import { type Cursor, ended, type Json, type OpenCursor, placeBefore, savedFields } from './cursor.ts'

/** Where an item stands: what a function that draws random numbers should draw them from. */
export interface ItemPlace {
  readonly epoch: number
  /** Number of the item within its epoch, from 0. */
  readonly index: number
}

export type MapItem<Item, Mapped> = (item: Item, place: ItemPlace) => Mapped | Promise<Mapped>

/** Gives `map(item)` for every item, in order, with up to `concurrency` of them under way at once. */
export function mapCursor<Item, Mapped>(
  open: OpenCursor<Item>,
  map: MapItem<Item, Mapped>,
  concurrency: number,
): OpenCursor<Mapped> {
  return async (place) => {
    const saved = savedFields<{ index: number; from: Json }>('map', place.at)
    const before = await open(placeBefore(place, saved?.from))
    return new MapCursor(before, map, { concurrency, epoch: place.epoch, index: saved?.index ?? 0 })
  }
}

interface MapStart {
  readonly concurrency: number
  readonly epoch: number
  readonly index: number
}

class MapCursor<Item, Mapped> implements Cursor<Mapped> {
  readonly #before: Cursor<Item>
  readonly #map: MapItem<Item, Mapped>
  readonly #start: MapStart
  readonly #underWay: { readonly mapped: Promise<Mapped>; readonly after: Json }[] = []
  #read: number
  #given: number
  #from: Json
  #hasEnded = false

  constructor(before: Cursor<Item>, map: MapItem<Item, Mapped>, start: MapStart) {
    this.#before = before
    this.#map = map
    this.#start = start
    this.#read = start.index
    this.#given = start.index
    this.#from = before.state()
  }

  async next(): Promise<IteratorResult<Mapped, undefined>> {
    while (!this.#hasEnded && this.#underWay.length < this.#start.concurrency) await this.#begin()
    const first = this.#underWay.shift()
    if (first === undefined) return ended
    const value = await first.mapped
    this.#from = first.after
    this.#given++
    return { done: false, value }
  }

  async #begin(): Promise<void> {
    const result = await this.#before.next()
    if (result.done) {
      this.#hasEnded = true
      return
    }
    const { epoch } = this.#start
    const mapped = callLater(this.#map, result.value, { epoch, index: this.#read++ })
    // It is awaited when its turn comes; until then a failure is not unhandled.
    mapped.catch(() => {})
    this.#underWay.push({ mapped, after: this.#before.state() })
  }

  state(): Json {
    return { map: { index: this.#given, from: this.#from } }
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#underWay.map(({ mapped }) => mapped))
    await this.#before.close()
  }
}

async function callLater<Item, Mapped>(map: MapItem<Item, Mapped>, item: Item, place: ItemPlace): Promise<Mapped> {
  return map(item, place)
}
