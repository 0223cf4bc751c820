// A process that trains until it is killed, or to its end: `node killed-run.js CHECKPOINT RESULT`.

import '@neurite/backend-cpu/install'
import { writeFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { fileStorage } from '../node/file-storage.ts'
import { resumableRun } from './resumable-run.ts'

const [checkpoint, result] = process.argv.slice(2) as [string, string]
const outcome = await resumableRun({
  storage: fileStorage(checkpoint),
  everySteps: 2,
  callback: {
    onStep: async (run) => {
      process.stdout.write(`${run.step}\n`)
      await setTimeout(2)
    },
  },
})
await writeFile(result, JSON.stringify(outcome))
