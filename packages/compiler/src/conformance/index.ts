// Is a machine a backend? The tests that say so.

export type { ConformanceSection, ConformanceTest } from './conformance-test.ts'
export { type ConformanceOptions, conformanceSections } from './suite.ts'
export { type TestRunner, testBackend } from './test-backend.ts'
