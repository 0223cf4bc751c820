import { CarpenterGrossbergNet, letterPatterns, letterWidth } from '@neurite/classic'
import { bitPictures } from '../pictures/bit-picture.ts'
import type { Classroom, Lesson } from './lesson.ts'

const vigilances = [0.9, 0.8, 0.5]

/** Carpenter & Grossberg 1986; Lippmann 1987, box 3. */
export const art: Lesson = {
  name: 'art',
  title: 'The Carpenter–Grossberg net: clusters as they come',
  summary: 'C, E, F and damaged F’s under three vigilances: what is alike, and what an exemplar loses',
  async teach(classroom) {
    const letters = letterPatterns()
    const shown = letters.map(({ name, pattern }) => ({ pattern, caption: shortName(name) }))
    classroom.print(...bitPictures(shown.slice(0, 3), letterWidth, classroom.colors), '')
    classroom.print(...bitPictures(shown.slice(3), letterWidth, classroom.colors))
    const clusters = vigilances.map((vigilance) => present(vigilance, classroom))
    const counts = vigilances.map((vigilance, i) => `${clusters[i]} at ${vigilance}`)
    return `The number of clusters follows the vigilance, ${counts.join(', ')}: the higher, the finer. Each F that is taken in leaves its missing pixel missing in the exemplar.`
  },
}

/** Shows the letters in order, and the whole F again; returns how many clusters there are. */
function present(vigilance: number, { print, colors }: Classroom): number {
  const letters = letterPatterns()
  const net = new CarpenterGrossbergNet(letterWidth ** 2, letters.length, { vigilance })
  print('', colors.bold(`Vigilance ${vigilance}`))
  for (const { name, pattern } of [...letters, letters[2]!]) {
    const { node, outcome, resets } = net.present(pattern)
    const pixels = net.exemplar(node)!.reduce((sum, value) => sum + value, 0)
    const tried = resets.length === 0 ? '' : `, after resets of ${resets.join(', ')}`
    print(
      `${shortName(name).padEnd(12)} → ${outcome === 'new' ? 'new ' : ''}exemplar ${node} (${pixels} pixels)${tried}`,
    )
  }
  const exemplars = Array.from({ length: net.clusters }, (_, node) => net.exemplar(node)!)
  print(
    '',
    ...bitPictures(
      exemplars.map((pattern, node) => ({ pattern, caption: `exemplar ${node}` })),
      letterWidth,
      colors,
    ),
  )
  return net.clusters
}

function shortName(name: string): string {
  return name.replace('F with a gap on the ', 'F, gap ').replace('F with a gap at the ', 'F, gap ')
}
