import type { Index, IndexAtom, Scalar } from '@neurite/compiler/kernel'

/** Texts for the atoms of indices: two atoms have the same text only if they are equal. */
export class AtomNames {
  readonly #numbers = new Map<Scalar, number>()

  of(atom: IndexAtom): string {
    switch (atom.kind) {
      case 'axis':
        return `i${atom.axis}`
      case 'value':
        return `[${this.#numberOf(atom.value)}<${atom.size}:${atom.fault}]`
      case 'quotient':
        return `(${this.#ofIndex(atom.dividend)}/${atom.divisor})`
      case 'remainder':
        return `(${this.#ofIndex(atom.dividend)}%${atom.divisor})`
    }
  }

  #ofIndex({ constant, terms }: Index): string {
    return terms.reduce((text, { stride, atom }) => `${text}+${stride}${this.of(atom)}`, String(constant))
  }

  #numberOf(node: Scalar): number {
    const known = this.#numbers.get(node)
    if (known !== undefined) return known
    this.#numbers.set(node, this.#numbers.size)
    return this.#numbers.size - 1
  }
}
