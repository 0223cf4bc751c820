// What the nets ask of their options.

/** @throws RangeError unless `value` is a positive integer. */
export function checkCount(where: string, name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1)
    throw new RangeError(`${where}: ${name} is ${value}; it must be a positive integer.`)
}

/** @throws RangeError unless `value` lies in [least, most]. */
export function checkBetween(where: string, name: string, value: number, least: number, most: number): void {
  if (!(value >= least && value <= most))
    throw new RangeError(`${where}: ${name} is ${value}; it must lie between ${least} and ${most}.`)
}

/** @throws RangeError unless `value` is a positive number. */
export function checkPositive(where: string, name: string, value: number): void {
  if (!(value > 0 && Number.isFinite(value)))
    throw new RangeError(`${where}: ${name} is ${value}; it must be a positive number.`)
}
