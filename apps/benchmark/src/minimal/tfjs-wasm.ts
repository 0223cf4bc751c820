import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { trainXor } from './tfjs.ts'

setWasmPaths('./')
await trainXor('wasm')
