import { load } from '../../exported/xor-step.mjs'

const step = await load(fetch('./xor-step.wasm'))
const x = Float32Array.of(0, 0, 0, 1, 1, 0, 1, 1)
const y = Float32Array.of(0, 1, 1, 0)
for (let i = 0; i < 1000; i++) step.run(x, y)
console.log(step.run(x, y)[0])
