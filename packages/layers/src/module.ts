import type { Tensor } from '@neurite/tensor'

/**
 * Anything that maps an input to an output. Its parameters, buffers and sub-modules are its fields: see `parameters`.
 * Plain functions of tensors need no module around them: `Sequential` takes them as they are.
 */
export interface Module<Input = Tensor, Output = Tensor> {
  forward(input: Input): Output
}
