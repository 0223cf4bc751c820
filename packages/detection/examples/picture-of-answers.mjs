// Trains the detector of shapes and writes a picture of what it finds in scenes that it has not seen:
// npx -y pnpm@12 build && node packages/detection/examples/picture-of-answers.mjs [PATH.png]

import { writeFileSync } from 'node:fs'
import '@neurite/backend-cpu/install'
import { drawDetections, drawScenes, meanAveragePrecision, tileImages, trainShapesDetector } from '@neurite/detection'
import { encode } from 'fast-png'

const path = process.argv[2] ?? 'answers.png'
const start = performance.now()
const detector = await trainShapesDetector({
  onStep: ({ step, steps, loss }) => {
    if (step % 50 === 0) console.log(`step ${step} of ${steps}: loss ${loss.toFixed(3)}`)
  },
})
const seconds = (performance.now() - start) / 1000
const scenes = drawScenes({ count: 300, seed: 1_000_003 })
const { mean } = meanAveragePrecision(await detector.detect(scenes), scenes)
console.log(`${seconds.toFixed(1)} s of training; mAP@0.5 on 300 new scenes: ${mean.toFixed(3)}`)

// Discs red, squares green, triangles blue.
const shown = scenes.slice(0, 12)
const found = await detector.detect(shown, { scoreThreshold: 0.5 })
const picture = tileImages(
  shown.map((scene, i) => drawDetections(scene, found[i])),
  4,
)
writeFileSync(path, encode({ ...picture, channels: 3, depth: 8 }))
console.log(`answers: ${path}`)
