export { type CpuBackend, cpuBackend, type MemoryUsage } from './runtime/cpu-backend.ts'
