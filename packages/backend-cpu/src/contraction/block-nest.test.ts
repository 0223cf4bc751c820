import { applyScalar } from '@neurite/compiler/kernel'
import { expect, test } from 'vitest'
import { emitProgram } from '../program/emit-program.ts'
import { matrices, product } from '../test/products.ts'

test('what a large contraction does to a block are functions of their own, which engines improve between calls', () => {
  const sizes = { rows: [200], columns: [200], depth: [2000] }
  const lie = matrices(200, 200, 2000, 'by rows', 'by rows')
  const { bytes } = emitProgram(product(sizes, ...lie, { prologue: (value) => applyScalar('exp', [value]) }))
  const [names] = WebAssembly.Module.customSections(new WebAssembly.Module(bytes), 'name')
  expect(new TextDecoder().decode(names)).toMatch(/contraction.*packing.*tiles.*stores.*run/s)
})
