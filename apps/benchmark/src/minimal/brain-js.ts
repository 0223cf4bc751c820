import brain from 'brain.js/browser.js'

const net = new brain.NeuralNetwork({ hiddenLayers: [8] })
const samples = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
].map(([a, b]) => ({ input: [a!, b!], output: [a! ^ b!] }))
console.log(net.train(samples, { iterations: 20_000, learningRate: 0.5 }).error)
