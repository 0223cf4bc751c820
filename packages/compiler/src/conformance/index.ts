// Is a machine a backend? The tests that say so.

export { type ConformanceSection, type ConformanceTest, conformanceSections } from './suite.ts'
export { type TestRunner, testBackend } from './test-backend.ts'
