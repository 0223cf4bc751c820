import { cnnStep } from './cnn-step.ts'
import { convolution } from './convolution.ts'
import { elementwiseChain } from './elementwise-chain.ts'
import { gemm } from './gemm.ts'
import { lstmStep } from './lstm-step.ts'
import { mlpStep } from './mlp-step.ts'
import { softmax } from './softmax.ts'
import { transformerStep } from './transformer-step.ts'
import type { Workload } from './workload.ts'
import { xorStep } from './xor-step.ts'

/** Everything that can be measured, in the order of the table. A new workload is a file and its place here. */
export const workloads: readonly Workload[] = [
  xorStep,
  mlpStep,
  cnnStep,
  lstmStep,
  transformerStep,
  gemm(256),
  gemm(512),
  gemm(1024),
  convolution,
  elementwiseChain,
  softmax,
]
