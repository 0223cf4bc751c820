// What losses ask of their options.

/** @throws RangeError unless every value is a number above 0. */
export function checkPositive(loss: string, values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values))
    if (!(value > 0)) throw new RangeError(`${loss}: ${name} is ${value}; it must be positive.`)
}

/** @throws RangeError unless every value is a number of at least 0. */
export function checkNotNegative(loss: string, values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values))
    if (!(value >= 0)) throw new RangeError(`${loss}: ${name} is ${value}; it must not be negative.`)
}
