import { writeSafetensors } from '@neurite/safetensors'
import type { CheckpointStorage } from '../checkpoint/storage.ts'
import type { EpochRecord } from '../trainer/figures.ts'
import type { Callback, CallbackState, Run } from './callback.ts'
import { isBetter, Monitor, type MonitorOptions, worst } from './monitor.ts'

/**
 * Keeps the weights of the best epoch so far, as a safetensors file that `loadStateDict(model, readSafetensors(bytes))` and
 * PyTorch read. Where training has averages of the parameters, these are kept.
 */
export class BestCheckpoint implements Callback {
  readonly name: string
  readonly #storage: CheckpointStorage
  readonly #monitor: Monitor
  #best: number | undefined

  constructor(storage: CheckpointStorage, options: MonitorOptions = {}) {
    this.#storage = storage
    this.#monitor = new Monitor('BestCheckpoint', options)
    this.name = `best checkpoint by ${this.#monitor.name}`
  }

  /** The best figure so far. */
  get best(): number | undefined {
    return this.#best
  }

  onFitStart(run: Run): void {
    this.#monitor.check(run)
  }

  async onEpochEnd(run: Run, record: EpochRecord): Promise<void> {
    const figure = this.#monitor.read(record)
    if (figure === undefined) return
    const direction = this.#monitor.directionIn(run)
    if (!isBetter(figure, this.#best ?? worst(direction), direction)) return
    const metadata = { epoch: `${record.epoch}`, [this.#monitor.name]: `${figure}` }
    await this.#storage.write(await writeSafetensors(run.weights(), { metadata }))
    this.#best = figure
  }

  saveState(): CallbackState {
    return { values: this.#best }
  }

  loadState({ values }: CallbackState): void {
    this.#best = values as number | undefined
  }
}
