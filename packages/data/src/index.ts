// Data sets, in the order to learn them.

// --- images with labels, from the project's own hand or from MNIST-format files ---
export { type DrawDigitsOptions, drawDigits } from './digits/draw-digits.ts'
export { type LabelledImages, type LabelledImagesOptions, labelledImages } from './labelled-images.ts'
export { type MnistFiles, type OpenFile, readMnistFiles } from './mnist-files.ts'
export { type IdxArray, type IdxDType, parseIdx, readIdx } from './idx-file.ts'
export { DataFormatError } from './errors.ts'

// --- randomness for data ---
export { RandomStream } from './random-stream.ts'
