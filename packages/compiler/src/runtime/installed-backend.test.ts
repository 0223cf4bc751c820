import { tensor } from '@neurite/tensor'
import { expect, test } from 'vitest'
import { compile } from '../compile/compile.ts'
import { referenceBackend } from '../kernel/index.ts'
import { useBackend } from './installed-backend.ts'

test('compiled functions need a backend', () => {
  const f = compile(() => tensor([1, 2]).add(1))
  expect(() => f()).toThrow("There is no backend to run compiled functions on: import '@neurite/backend-cpu/install'")
  useBackend(referenceBackend())
  expect(f().toArraySync()).toEqual([2, 3])
})
