import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dataSection } from './data-section.ts'
import { ModuleWriter } from './module-writer.ts'
import { joined } from './section.ts'

/** What a module with the section makes of fresh memory. */
function imageOf(section: Uint8Array, pages: number): Uint8Array {
  const memory = new WebAssembly.Memory({ initial: pages })
  const module = new WebAssembly.Module(Uint8Array.of(...new ModuleWriter().finish(), ...section))
  new WebAssembly.Instance(module, { env: { memory } })
  return new Uint8Array(memory.buffer)
}

test('memory holds the image afterwards, wherever its bytes lie', () => {
  const byte = fc.tuple(fc.integer({ min: 0, max: 2 * 65536 - 1 }), fc.integer({ min: 0, max: 255 }))
  fc.assert(
    fc.property(fc.array(byte), (bytes) => {
      const image = new Uint8Array(2 * 65536)
      for (const [address, value] of bytes) image[address] = value
      expect(Buffer.compare(imageOf(joined(dataSection(image)), 2), image)).toBe(0)
    }),
    { numRuns: 50 },
  )
})

test('zeros take no room, and neighbouring blocks are one segment', () => {
  const image = new Uint8Array(65536).fill(1, 1000, 3000)
  expect(joined(dataSection(new Uint8Array(65536))).length).toBe(0)
  expect(joined(dataSection(image)).length).toBeLessThan(2000 + 2 * 64 + 16)
})
