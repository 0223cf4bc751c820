// JSON that keeps every number: NaN, ±Infinity and −0 have no JSON of their own.

const key = '$number'

export function toExactJson(value: unknown): string {
  return JSON.stringify(value, (_, part) =>
    typeof part === 'number' && JSON.stringify(part) !== String(Object.is(part, -0) ? '-0' : part)
      ? { [key]: Object.is(part, -0) ? '-0' : String(part) }
      : part,
  )
}

export function fromExactJson(text: string): unknown {
  return JSON.parse(text, (_, part) => (isNumber(part) ? Number(part[key]) : part))
}

function isNumber(part: unknown): part is { readonly [key]: string } {
  return typeof part === 'object' && part !== null && Object.keys(part).length === 1 && key in part
}
