export { type CpuBackend, cpuBackend, type MemoryUsage } from './runtime/cpu-backend.ts'
export { getThreads, setThreads } from './threads/thread-count.ts'
