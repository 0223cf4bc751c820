import { captureScope } from './capture-scope.ts'

/**
 * A boolean that compiled functions notice: a function captured while the flag was on has another program once it is off.
 * Layers that behave differently in training hold one.
 */
export class Flag {
  #on: boolean

  constructor(on: boolean) {
    this.#on = on
  }

  get on(): boolean {
    captureScope()?.readFlag(this)
    return this.#on
  }

  set on(on: boolean) {
    this.#on = on
  }
}
