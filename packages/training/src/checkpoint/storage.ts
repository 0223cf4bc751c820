/** Where a checkpoint is kept: a file, a row of a database, a page's own storage. */
export interface CheckpointStorage {
  /** What was written last; undefined if nothing was. */
  read(): Promise<Uint8Array | undefined>
  /** Replaces it. Whatever happens meanwhile, `read` must give either the old or the new bytes whole. */
  write(bytes: Uint8Array): Promise<void>
}

/** A checkpoint in memory, which ends with the process. For files see `fileStorage` of @neurite/training/node. */
export class MemoryStorage implements CheckpointStorage {
  #bytes: Uint8Array | undefined

  async read(): Promise<Uint8Array | undefined> {
    return this.#bytes
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#bytes = bytes.slice()
  }
}
