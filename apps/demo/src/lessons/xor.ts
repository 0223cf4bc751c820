import { Linear, Sequential, tanh } from 'neurite'
import type { Grid } from '../pictures/decision-region.ts'
import type { LabelledPoint } from '../pictures/plane-picture.ts'
import type { Classroom, Lesson } from './lesson.ts'
import { learnPoints, type PointClassifier } from './point-classifier.ts'

const corners: readonly LabelledPoint[] = [
  { x: 0, y: 0, label: 0 },
  { x: 0, y: 1, label: 1 },
  { x: 1, y: 0, label: 1 },
  { x: 1, y: 1, label: 0 },
]
const grid: Grid = { from: -0.5, to: 1.5, columns: 41, rows: 17 }

/** XOR cannot be computed by one layer (Minsky & Papert 1969); with a hidden one, back-propagation finds it (Rumelhart et al. 1986). */
export const xor: Lesson = {
  name: 'xor',
  title: 'XOR: what one layer cannot do',
  summary: 'a single unit fails at XOR, eight hidden ones learn it by back-propagation',
  async teach(classroom) {
    classroom.print('One unit, which draws one line through the plane:')
    const alone = await rightCorners(new Linear(2, 1), classroom)
    classroom.print('', 'Eight hidden units before it, 2-8-1:')
    const hidden = await rightCorners(new Sequential(new Linear(2, 8), tanh, new Linear(8, 1)), classroom)
    return `One line gets ${alone} of the four corners right, eight hidden units ${hidden}: the regions of XOR are not to be parted by a line.`
  },
}

async function rightCorners(network: PointClassifier, classroom: Classroom): Promise<number> {
  return corners.length * (await learnPoints(network, corners, grid, classroom)).accuracy
}
