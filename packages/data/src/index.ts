// @neurite/data: data sets and batches, and where examples come from. In reading order:

// --- examples, many at a time: a data set, batches of it, parts of it ---

export type { Batches, BatchOptions, InMemoryBatches, StaticBatchSize } from './batches.ts'
export { batches } from './batches.ts'
export type { Batch, Dataset, InMemoryDataset, WithBatchSize } from './dataset.ts'
export type { SplitOptions } from './split.ts'
export { split } from './split.ts'
export { subset } from './subset.ts'
export { tensorDataset } from './tensor-dataset.ts'

// --- images with labels ---

export type { ImageFields } from './image-dataset.ts'
export { imageDataset } from './image-dataset.ts'
export type { ImageStatistics, KnownImages } from './image-statistics.ts'
export { imageStatistics, measureImages, normalizeImages } from './image-statistics.ts'
export type { LabelledImages, LabelledImagesOptions } from './labelled-images.ts'
export { labelledImages } from './labelled-images.ts'

// --- where they come from: drawn, or read from files in MNIST's format ---

export type { DrawDigitsOptions } from './digits/draw-digits.ts'
export { drawDigits } from './digits/draw-digits.ts'
export { DataFormatError } from './errors.ts'
export type { IdxArray, IdxDType } from './idx-file.ts'
export { parseIdx, readIdx } from './idx-file.ts'
export type { MnistFiles, OpenFile } from './mnist-files.ts'
export { readMnistFiles } from './mnist-files.ts'

// --- random numbers for data ---

export { RandomStream } from './random-stream.ts'
