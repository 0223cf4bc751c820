import '@tensorflow/tfjs-backend-cpu'
import { trainXor } from './tfjs.ts'

await trainXor('cpu')
