// @neurite/data: data sets, streams and batches, and where examples come from. In reading order:

// --- numbered examples, many at a time: a data set, parts of it, sets made of others ---

export { DataFormatError } from './data-format-error.ts'
export { concatenateDatasets } from './datasets/concatenate-datasets.ts'
export type { Batch, Dataset, InMemoryDataset, WithBatchSize } from './datasets/dataset.ts'
export type { KeepExamples } from './datasets/filter-dataset.ts'
export { filterDataset } from './datasets/filter-dataset.ts'
export { mapDataset } from './datasets/map-dataset.ts'
export type { SplitOptions } from './datasets/split.ts'
export { split } from './datasets/split.ts'
export { subset } from './datasets/subset.ts'
export { tensorDataset } from './datasets/tensor-dataset.ts'
export { zipDatasets } from './datasets/zip-datasets.ts'

// --- one item after the other: streams, and batches of a data set ---

export type { Batches, BatchOptions, InMemoryBatches, StaticBatchSize } from './streams/batches.ts'
export { batches } from './streams/batches.ts'
export type { Cursor, Json, OpenCursor, Place } from './streams/cursor.ts'
export type { KeepItem } from './streams/filter-cursor.ts'
export type { ExpandItem } from './streams/flat-map-cursor.ts'
export type { StreamSource } from './streams/iterable-cursor.ts'
export type { ItemPlace, MapItem } from './streams/map-cursor.ts'
export type { ShuffleOptions } from './streams/shuffle-cursor.ts'
export type { ExampleField, StackedExamples, StackedField } from './streams/stack-examples.ts'
export { stackExamples } from './streams/stack-examples.ts'
export type { ItemBatch, MapOptions, StreamState } from './streams/stream.ts'
export { Stream } from './streams/stream.ts'

// --- streams that a worker makes ---

export type { NodeWorker } from './worker/environment.ts'
export type { ServedStream, ServeStream } from './worker/serve-stream.ts'
export { serveStream } from './worker/serve-stream.ts'
export type { WorkerStreamOptions } from './worker/worker-stream.ts'
export { WorkerStream, workerStream } from './worker/worker-stream.ts'

// --- images: with labels, in files and folders ---

export type { DecodeOptions } from './images/decode-image.ts'
export { decodeImage } from './images/decode-image.ts'
export type { HeightAndWidth, Image } from './images/image.ts'
export { imageFromInterleaved, imageTensor, withChannels } from './images/image.ts'

export type { ImageFields } from './images/image-dataset.ts'
export { imageDataset } from './images/image-dataset.ts'
export type { ColourImageFields, ImageFolder, ImageFolderOptions } from './images/image-folder.ts'
export { imageFolder } from './images/image-folder.ts'
export type { ImageStatistics, KnownImages } from './images/image-statistics.ts'
export { imageStatistics, measureImages, normalizeImages } from './images/image-statistics.ts'
export type { LabelledImages, LabelledImagesOptions } from './images/labelled-images.ts'
export { labelledImages } from './images/labelled-images.ts'
export { cropImage, fitImage, resizeImage } from './images/resize-image.ts'

// --- where they come from: drawn, or read from files in MNIST's format ---

export type { DrawDigitsOptions } from './images/digits/draw-digits.ts'
export { drawDigits } from './images/digits/draw-digits.ts'
export type { IdxArray, IdxDType } from './readers/idx-file.ts'
export { parseIdx, readIdx } from './readers/idx-file.ts'
export type { MnistFiles, OpenFile } from './readers/mnist-files.ts'
export { readMnistFiles } from './readers/mnist-files.ts'
export { readIdxItems } from './readers/read-idx-items.ts'

// --- files: of the machine, of a page, of a server; lines, JSON lines, archives and shards ---

export type { BadRow, OnBadRow } from './readers/bad-row-error.ts'
export { BadRowError } from './readers/bad-row-error.ts'
export type { ByteSource, Bytes, NamedSource } from './readers/byte-source.ts'
export type { FolderFile } from './readers/list-files.ts'
export { filesOfInput, listFiles } from './readers/list-files.ts'
export { openFile } from './readers/open-file.ts'
export type { JsonLinesOptions } from './readers/read-json-lines.ts'
export { readJsonLines } from './readers/read-json-lines.ts'
export type { TextOptions } from './readers/read-lines.ts'
export { readLines, readText } from './readers/read-lines.ts'
export type { ShardExample } from './readers/read-shard.ts'
export { readShard } from './readers/read-shard.ts'
export type { TarFile } from './readers/read-tar.ts'
export { readTar } from './readers/read-tar.ts'

// --- tables: CSV files, row by row or in memory ---

export type { CategoryColumn, Column, NumericColumn, TextColumn } from './tables/column.ts'
export type { CellValue, ColumnKind, ColumnType } from './tables/column-kind.ts'
export { missingMarks } from './tables/column-kind.ts'
export type { ColumnTypes, CsvOptions } from './tables/csv-records.ts'
export type { CsvDialect } from './tables/csv-splitter.ts'
export type { CsvRow } from './tables/read-csv.ts'
export { readCsv } from './tables/read-csv.ts'
export { readTable } from './tables/read-table.ts'
export type { TableRow } from './tables/table.ts'
export { Table } from './tables/table.ts'
export type { RowValue } from './tables/table-from-rows.ts'
export { tableFromRows } from './tables/table-from-rows.ts'

// --- what is fitted to training rows and applied to any ---

export type {
  Encoding,
  FeatureEncoderState,
  FeatureOptions,
  FittedColumn,
} from './preprocessing/feature-encoder.ts'
export { FeatureEncoder } from './preprocessing/feature-encoder.ts'
export type { ImputerOptions, ImputerState } from './preprocessing/imputer.ts'
export { Imputer } from './preprocessing/imputer.ts'
export { LabelEncoder } from './preprocessing/label-encoder.ts'
export type { MinMaxScalerState } from './preprocessing/min-max-scaler.ts'
export { MinMaxScaler } from './preprocessing/min-max-scaler.ts'
export { cartesianToPolar, polarToCartesian } from './preprocessing/polar.ts'
export { polynomialFeatures } from './preprocessing/polynomial-features.ts'
export type { StandardizerState } from './preprocessing/standardizer.ts'
export { Standardizer } from './preprocessing/standardizer.ts'

// --- images and examples changed at random ---

export { augmentImages } from './augmentation/augment-images.ts'
export type { Augmentation } from './augmentation/augmentation.ts'
export { augmentInOrder, augmentSometimes } from './augmentation/augmentation.ts'
export type { ColorJitterOptions } from './augmentation/color-jitter.ts'
export { colorJitter } from './augmentation/color-jitter.ts'
export type { CutoutOptions } from './augmentation/cutout.ts'
export { cutout } from './augmentation/cutout.ts'
export type { RandomCropOptions, RandomResizedCropOptions } from './augmentation/flips-and-crops.ts'
export {
  randomCrop,
  randomHorizontalFlip,
  randomResizedCrop,
  randomVerticalFlip,
} from './augmentation/flips-and-crops.ts'
export type { MixedFields, MixUpOptions } from './augmentation/mix-up.ts'
export { mixUp } from './augmentation/mix-up.ts'
export type { RandomAffineOptions } from './augmentation/random-affine.ts'
export { randomAffine, randomRotation } from './augmentation/random-affine.ts'

// --- text as tokens ---

export type { BytePairState, TrainOptions } from './text/byte-pair-tokenizer.ts'
export { BytePairTokenizer } from './text/byte-pair-tokenizer.ts'
export type { CharacterTokenizerState } from './text/character-tokenizer.ts'
export { CharacterTokenizer } from './text/character-tokenizer.ts'
export { huggingFaceTokenizer } from './text/hugging-face-tokenizer.ts'
export type { PaddedSequences, PadOptions } from './text/pad-sequences.ts'
export { padSequences } from './text/pad-sequences.ts'
export type { TokenWindowFields, TokenWindowOptions } from './text/token-windows.ts'
export { tokenWindows } from './text/token-windows.ts'

// --- random numbers for data ---

export { randomOfExample } from './random/random-of-example.ts'
export type { RandomStreamState } from './random/random-stream.ts'
export { RandomStream } from './random/random-stream.ts'
