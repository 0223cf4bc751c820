export { type CpuBackend, type CpuBackendOptions, cpuBackend, type MemoryUsage } from './runtime/cpu-backend.ts'
export { getThreads, setThreads } from './threads/thread-count.ts'
