// PyTorch's recorded results for tests: `../shared/oracle` beside the repository, whose README describes the format.
// It knows no tensors, so that the package of tensors can be tested with it too.

export { expectClose } from './expect-close.ts'
export type { Case, RecordedTensor, Tolerance } from './recording.ts'
export { testRecorded } from './test-recorded.ts'
