// A worker of a page: serves the column `x` of a file that it reads from its address.

import { readCsv, type ServedStream, serveStream, type Tensor, tensor } from '../../index.ts'

interface Row {
  readonly x: number
  readonly squares: Tensor
}

const served: ServedStream<string, Row> = serveStream((address: string) =>
  readCsv(new URL(address), { columns: { x: 'number' } }).map(({ x }) => ({ x, squares: tensor([x * x, x]) })),
)

export default served
