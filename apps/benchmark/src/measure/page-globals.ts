// Loaded before a bundled program: makes Node look like a page to it, whose files lie in the working directory.

import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'

const types: Readonly<Record<string, string>> = { wasm: 'application/wasm' }

Object.assign(globalThis, {
  window: globalThis,
  self: globalThis,
  // A canvas without WebGL.
  document: { createElement: () => ({ getContext: () => null }) },
  location: new URL('http://localhost/'),
  async fetch(address: string | URL) {
    const name = basename(new URL(address, 'http://localhost/').pathname)
    const type = types[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream'
    return new Response(await readFile(name), { headers: { 'content-type': type } })
  },
})
// By the first, libraries tell Node from a browser; the second is only there in pages that are isolated.
for (const name of ['process', 'SharedArrayBuffer']) Reflect.deleteProperty(globalThis, name)
