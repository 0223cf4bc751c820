import { type Bytes, sectionOf, written } from './section.ts'

const sectionNumber = 11
const instruction = { i32Const: 0x41, end: 0x0b } as const

// A segment costs about ten bytes, so shorter runs of zeros stay inside of one. Addresses are a multiple of it.
const blockBytes = 64

/** The pieces of the section, last in a module, that fills its memory with `image`, of which only what is not zero takes room. */
export function dataSection(image: Uint8Array): Bytes[] {
  return sectionOf(
    sectionNumber,
    runsOfData(image).map(([start, end]) => {
      const head = written((into) => {
        into.byte(0)
        into.byte(instruction.i32Const)
        into.signed(start)
        into.byte(instruction.end)
        into.unsigned(end - start)
      })
      return [head, image.subarray(start, end)]
    }),
  )
}

/** Start and end of every run of blocks that are not all zero. */
function runsOfData(image: Uint8Array): [number, number][] {
  const words = new Int32Array(image.buffer, image.byteOffset, image.byteLength / 4)
  const wordsPerBlock = blockBytes / 4
  const runs: [number, number][] = []
  for (let block = 0; block < words.length; block += wordsPerBlock) {
    if (words.subarray(block, block + wordsPerBlock).every((word) => word === 0)) continue
    const start = 4 * block
    const last = runs.at(-1)
    if (last?.[1] === start) last[1] += blockBytes
    else runs.push([start, start + blockBytes])
  }
  return runs
}
