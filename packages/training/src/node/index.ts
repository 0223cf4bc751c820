// @neurite/training/node: what belongs to training where there are files and a terminal.

export { CsvLog } from './csv-log.ts'
export { fileStorage } from './file-storage.ts'
export { ProgressBar, type ProgressBarOptions, type ProgressOutput } from './progress-bar.ts'
export { TensorBoardLog } from './tensor-board-log.ts'
