// A process that replaces a file again and again until it is killed: `node killed-writer.js FILE`.

import { replaceFile } from '../node/file-storage.ts'

const size = 3_000_000
for (let round = 0; ; round++) {
  await replaceFile(process.argv[2]!, new Uint8Array(size).fill(round % 251))
  process.stdout.write('.')
}
