export { cpuBackend } from './runtime/cpu-backend.ts'
