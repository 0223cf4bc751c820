// What the benchmark uses of ConvNetJS, which has no types.

declare module 'convnetjs' {
  class Vol {
    constructor(width: number, height: number, depth: number, fill: number)
    /** [height, width, depth] */
    readonly w: Float64Array
    readonly dw: Float64Array
  }

  interface Layer {
    readonly filters?: readonly Vol[]
    readonly biases?: Vol
    readonly layer_type: string
    forward(x: Vol, isTraining?: boolean): Vol
    /** The loss, in a last layer. */
    backward(target?: unknown): unknown
    getParamsAndGrads(): readonly unknown[]
  }

  class Net {
    readonly layers: Layer[]
    makeLayers(definitions: readonly Readonly<Record<string, unknown>>[]): void
  }

  class Trainer {
    constructor(net: Net, options: Readonly<Record<string, unknown>>)
    train(x: Vol, target: unknown): { readonly cost_loss: number }
  }

  class SoftmaxLayer {
    constructor(options: Readonly<Record<string, unknown>>)
    forward(x: Vol): Vol
  }

  const convnetjs: {
    readonly Vol: typeof Vol
    readonly Net: typeof Net
    readonly Trainer: typeof Trainer
    readonly SoftmaxLayer: typeof SoftmaxLayer
  }
  export default convnetjs
  export type { Layer, Net, Vol }
}
