import { ByteWriter } from './byte-writer.ts'

const sectionNumber = 11
const instruction = { i32Const: 0x41, end: 0x0b } as const

// A segment costs about ten bytes, so shorter runs of zeros stay inside of one. Addresses are a multiple of it.
const blockBytes = 64

/** The section, last in a module, that fills its memory with `image`, of which only what is not zero takes room. */
export function dataSection(image: Uint8Array): Uint8Array<ArrayBuffer> {
  const segments = runsOfData(image)
  const content = new ByteWriter()
  content.unsigned(segments.length)
  for (const [start, end] of segments) {
    content.byte(0)
    content.byte(instruction.i32Const)
    content.signed(start)
    content.byte(instruction.end)
    content.unsigned(end - start)
    content.append(image.subarray(start, end))
  }
  const section = new ByteWriter(content.length + 8)
  section.byte(sectionNumber)
  section.unsigned(content.length)
  section.appendFrom(content)
  return section.view()
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
