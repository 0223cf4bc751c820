import { expect, test } from 'vitest'
import { markPureDefinitions } from './pure-definitions.mjs'

test('definitions that call, make or spread something are marked as pure', () => {
  const pure = (definition: string) => `/* @__PURE__ */ (() => (${definition}))()`
  expect(markPureDefinitions('const a = make(1), b = 2;')).toBe(`const a = ${pure('make(1)')}, b = 2;`)
  expect(markPureDefinitions('let table = { ...other, x: of("x") };')).toBe(
    `let table = ${pure('{ ...other, x: of("x") }')};`,
  )
})

test('functions, classes, what does nothing and what only does something stay as they are', () => {
  for (const code of [
    'const f = (x) => g(...x);',
    'var Tensor = class extends Base { size = sizeOf(this); };',
    'function f() { return g(new H()); }',
    'install(make());',
    'const codes = { a: 1, b: [2, 3] };',
  ])
    expect(markPureDefinitions(code)).toBe(code)
})
