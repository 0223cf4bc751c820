import '@neurite/backend-cpu/install'
import { installEvaluator, referenceEvaluator } from '@neurite/tensor'
import { afterAll, expect, it } from 'vitest'
import { meanAveragePrecision } from '../evaluation/mean-average-precision.ts'
import { drawScenes } from '../scenes/draw-scenes.ts'
import { type ShapesTrainingProgress, trainShapesDetector } from './train-shapes-detector.ts'

afterAll(() => installEvaluator(referenceEvaluator))

it('learns to find shapes in scenes that it has not seen', async () => {
  // One large shape in a small image.
  const easy = { size: 32, mostShapes: 1, noise: 2, radius: [0.25, 0.4] } as const
  const progress: ShapesTrainingProgress[] = []
  const detector = await trainShapesDetector({
    seed: 1,
    steps: 200,
    scenes: { ...easy, count: 600 },
    onStep: (figures) => {
      progress.push(figures)
    },
  })
  expect(progress.map(({ step }) => step)).toEqual(Array.from({ length: 200 }, (_, i) => i + 1))
  const mean = (some: readonly ShapesTrainingProgress[]): number =>
    some.reduce((sum, { loss }) => sum + loss, 0) / some.length
  expect(mean(progress.slice(-20))).toBeLessThan(mean(progress.slice(0, 20)) / 3)
  const held = drawScenes({ ...easy, count: 60, seed: 77 })
  const found = await detector.detect(held)
  expect(meanAveragePrecision(found, held).mean).toBeGreaterThan(0.5)
}, 120_000)

it('ends with what the caller throws', async () => {
  const stop = (): never => {
    throw new Error('enough')
  }
  await expect(trainShapesDetector({ scenes: { count: 8, size: 32 }, onStep: stop })).rejects.toThrow('enough')
})
