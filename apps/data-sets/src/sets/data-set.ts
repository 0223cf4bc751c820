/** What a net reached: how well it did on examples that it was not trained on. */
export interface Outcome {
  /** Accuracy, R² or nats, as the set has it. */
  readonly figure: number
  readonly trainingRows: number
  readonly testRows: number
}

export interface DataFolders {
  readonly data: string
  /** Has files of the same names with rows to test on; without it these come out of `data`. */
  readonly heldOut: string | undefined
}

export type Measure = 'accuracy' | 'R²' | 'nats'

/** A net, and how it is trained on a data set. */
export interface DataSet {
  /** The name of its file or folder. */
  readonly file: string
  /** Words by which its row of the reference page is told from others of the same file. */
  readonly net: string
  readonly measure: Measure
  /** How often the reference trained it. */
  readonly seeds: number
  run(folders: DataFolders, seed: number): Promise<Outcome>
}
