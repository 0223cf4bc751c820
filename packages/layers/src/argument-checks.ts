// What constructors of layers ask of their arguments.

/** @throws RangeError unless `value` is an integer of at least `least`. */
export function checkInteger(layer: string, name: string, value: number, least = 1): void {
  if (!Number.isInteger(value) || value < least)
    throw new RangeError(`${layer}: ${name} is ${value}; it must be an integer of at least ${least}.`)
}

/** @throws RangeError unless `value` lies in [0, 1]. */
export function checkProbability(layer: string, name: string, value: number): void {
  if (!(value >= 0 && value <= 1)) throw new RangeError(`${layer}: ${name} is ${value}; it must lie between 0 and 1.`)
}
