// What constructors of optimizers ask of their arguments.

/** @throws RangeError unless every value is a number of at least 0. */
export function checkNotNegative(optimizer: string, values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values))
    if (!(value >= 0)) throw new RangeError(`${optimizer}: ${name} is ${value}; it must not be negative.`)
}

/** @throws RangeError unless every value lies in [0, 1): the weights of running averages. */
export function checkDecays(optimizer: string, values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values))
    if (!(value >= 0 && value < 1)) throw new RangeError(`${optimizer}: ${name} is ${value}; it must lie in [0, 1).`)
}
