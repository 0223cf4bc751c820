import type { Named } from '../format/recorded.ts'
import { activations } from './activations.ts'
import { arithmetic } from './arithmetic.ts'
import { boxes } from './boxes.ts'
import { convolution } from './convolution.ts'
import { functions } from './functions.ts'
import { indexing } from './indexing.ts'
import { linearAlgebra } from './linear-algebra.ts'
import { logic } from './logic.ts'
import { losses } from './losses.ts'
import { normalization } from './normalization.ts'
import type { missing, Operation } from './operation.ts'
import { pooling } from './pooling.ts'
import { products } from './products.ts'
import { reductions } from './reductions.ts'
import { sorting } from './sorting.ts'
import { views } from './views.ts'

/** Every function of the vocabulary. Inputs and attributes come from files: each entry knows those that its word has. */
// biome-ignore lint/suspicious/noExplicitAny: see above.
export const operations: Named<Operation<any, any> | typeof missing> = {
  ...activations,
  ...arithmetic,
  ...functions,
  ...logic,
  ...reductions,
  ...sorting,
  ...views,
  ...indexing,
  ...products,
  ...linearAlgebra,
  ...convolution,
  ...pooling,
  ...normalization,
  ...losses,
  ...boxes,
}
