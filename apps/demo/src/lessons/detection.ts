import { writeFile } from 'node:fs/promises'
import {
  drawDetections,
  drawScenes,
  meanAveragePrecision,
  shapeNames,
  tileImages,
  trainShapesDetector,
} from '@neurite/detection'
import { encode } from 'fast-png'
import { DemoError } from '../demo-error.ts'
import { isMilestone, openProgress } from '../terminal/progress.ts'
import { type Classroom, type Lesson, scaled } from './lesson.ts'

const [steps, heldOutScenes, shownScenes, picturesInRow] = [500, 200, 12, 4]

/** Ren, He, Girshick & Sun 2015, "Faster R-CNN". */
export const detection: Lesson = {
  name: 'detection',
  title: 'Finding shapes: Faster R-CNN',
  summary: 'what is where in drawn scenes (--picture FILE: its answers as PNG)',
  async teach(classroom) {
    const { output, interruption, seed } = classroom
    const progress = openProgress(output)
    const detector = await trainShapesDetector({
      seed,
      steps: scaled(steps, classroom),
      async onStep({ step, steps: total, proposalLoss, regionLoss }) {
        await interruption.check()
        const figures = `step ${step}  loss of proposals ${proposalLoss.toFixed(3)}, of the head ${regionLoss.toFixed(3)}`
        progress.show({ done: step, total, figures, isMilestone: isMilestone(step, total) })
      },
    }).finally(() => progress.close())
    // Another seed: scenes that the net has not seen.
    const scenes = drawScenes({ count: scaled(heldOutScenes, classroom), seed: seed + 2 ** 32 })
    const found = await detector.detect(scenes)
    const { mean, byClass } = meanAveragePrecision(found, scenes)
    const precisions = [...byClass].map(([kind, precision]) => `${shapeNames[kind - 1]} ${precision.toFixed(3)}`)
    classroom.print(
      '',
      `Average precision at IoU 0.5 on ${scenes.length} scenes not seen before:`,
      precisions.join(', '),
    )
    for (const [n, { boxes, classes, scores }] of found.slice(0, 3).entries()) {
      classroom.print(
        '',
        `Scene ${n + 1}: there are ${Array.from(scenes[n]!.classes, (kind) => shapeNames[kind - 1]).join(', ')}`,
      )
      classes.forEach((kind, i) => {
        if (scores[i]! < 0.5) return
        const [x1, y1, x2, y2] = [0, 1, 2, 3].map((k) => Math.round(boxes[4 * i + k]!))
        classroom.print(
          `  ${shapeNames[kind - 1]} (${Math.round(100 * scores[i]!)} %) from ${x1}, ${y1} to ${x2}, ${y2}`,
        )
      })
    }
    if (classroom.picture !== undefined) await writePicture(classroom, scenes.slice(0, shownScenes), found)
    return `The net proposes regions, says what is in them and straightens their boxes: a mean average precision of ${mean.toFixed(3)} on scenes that it has not seen.`
  },
}

async function writePicture(
  { picture, print }: Classroom,
  scenes: ReturnType<typeof drawScenes>,
  found: Parameters<typeof meanAveragePrecision>[0],
): Promise<void> {
  const drawn = scenes.map((scene, n) => {
    const { boxes, classes, scores } = found[n]!
    const sure = [...scores.keys()].filter((i) => scores[i]! >= 0.5)
    return drawDetections(scene, {
      boxes: sure.flatMap((i) => [...boxes.subarray(4 * i, 4 * i + 4)]),
      classes: sure.map((i) => classes[i]!),
    })
  })
  const { width, height, data } = tileImages(drawn, picturesInRow)
  await writeFile(picture!, encode({ width, height, data, channels: 3 })).catch((error: Error) => {
    throw new DemoError(`--picture ${picture}: ${error.message}`)
  })
  print('', `${drawn.length} scenes with what was found in them: ${picture}`)
}
