// Results are fresh arrays, and fresh memory is slow: the system hands it out page by page, at up to a third of a millisecond for a megabyte.
// Node's allocator on Linux, glibc, gives freed memory back as soon as 128 KB of it lie together, so that every result would be made of such
// pages. It learns from what is freed: the largest block that was mapped by itself, and no longer is, doubled, is what it keeps from then on
// (M_MMAP_THRESHOLD and M_TRIM_THRESHOLD in mallopt(3)).

/** Of results; smaller ones lie in memory that is kept anyway. */
const leastBytes = 2 ** 16

/** Just below the largest that glibc learns from. Nothing touches the block, so it takes no memory. */
const learntBytes = 2 ** 25 - 2 ** 16

/** Who has had so many is to have more. The first are initial weights, beside which the collector would have to work for nothing. */
const fewResults = 16

let results = 0
let isAsked = false

/** To be called for every result of so many bytes: once for all, an array is made that the collector soon frees. */
export function keepFreedMemory(bytes: number): void {
  if (isAsked || bytes < leastBytes || ++results <= fewResults || !isLinux()) return
  // Read, lest a bundler drop it.
  isAsked = new ArrayBuffer(learntBytes).byteLength > 0
}

function isLinux(): boolean {
  return (globalThis as { readonly process?: { readonly platform?: string } }).process?.platform === 'linux'
}
