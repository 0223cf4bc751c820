import { afterEach, expect, test, vi } from 'vitest'
import { runNode } from './run-node.ts'

afterEach(() => vi.unstubAllEnvs())

test('processes have the environment of this one but for certificates, whose reading would count as the start of a library', async () => {
  vi.stubEnv('NODE_EXTRA_CA_CERTS', '/certificates.pem')
  vi.stubEnv('NEURITE_OTHER', 'kept')
  const shown = await runNode(
    ['-p', "[process.env.NODE_EXTRA_CA_CERTS, process.env.NEURITE_OTHER, process.env.OWN].join(' ')"],
    {
      env: { OWN: 'given' },
    },
  )
  expect(shown.trim()).toBe('kept given')
})

test('a process that fails is an error with its own', async () => {
  await expect(runNode(['-e', "throw new RangeError('too much')"])).rejects.toThrow('RangeError: too much')
})
