// Whole numbers ≥ 0 at compile time, by the digits of their decimal notation, lowest digit first. Unknown operands (`number`)
// give `number`.

/** A + B. */
export type Add<A extends number, B extends number> = number extends A | B
  ? number
  : ToNumber<AddDigits<Digits<A>, Digits<B>>>

/** A − B, or `never` if that is negative. */
export type Subtract<A extends number, B extends number> = number extends A
  ? number
  : number extends B
    ? number
    : SubtractDigits<Digits<A>, Digits<B>> extends infer D extends Digit[]
      ? ToNumber<D>
      : never

/** A · B. */
export type Multiply<A extends number, B extends number> = number extends A
  ? number
  : number extends B
    ? number
    : A extends 1
      ? B
      : B extends 1
        ? A
        : ToNumber<MultiplyDigits<Digits<A>, Digits<B>>>

/** [⌊A / B⌋, A mod B]. */
export type Divide<A extends number, B extends number> = number extends A
  ? [number, number]
  : number extends B
    ? [number, number]
    : B extends 0
      ? never
      : B extends 1
        ? [A, 0]
        : LongDivision<Characters<`${A}`>, Digits<B>>

/** Product of all sizes of a list. */
export type Product<S extends readonly number[], Result extends number = 1> = number extends S['length']
  ? number
  : S extends readonly [infer Size extends number, ...infer Rest extends readonly number[]]
    ? Product<Rest, Multiply<Result, Size>>
    : Result

// A digit is counted by the length of a list.
type Counts = {
  '0': []
  '1': [1]
  '2': [1, 1]
  '3': [1, 1, 1]
  '4': [1, 1, 1, 1]
  '5': [1, 1, 1, 1, 1]
  '6': [1, 1, 1, 1, 1, 1]
  '7': [1, 1, 1, 1, 1, 1, 1]
  '8': [1, 1, 1, 1, 1, 1, 1, 1]
  '9': [1, 1, 1, 1, 1, 1, 1, 1, 1]
}
type Digit = keyof Counts
type Count = 1[]

type Digits<N extends number> = Reversed<`${N}`>
type Reversed<Text extends string, Out extends Digit[] = []> = Text extends `${infer First extends Digit}${infer Rest}`
  ? Reversed<Rest, [First, ...Out]>
  : Out
type Characters<
  Text extends string,
  Out extends Digit[] = [],
> = Text extends `${infer First extends Digit}${infer Rest}` ? Characters<Rest, [...Out, First]> : Out

type ToNumber<D extends Digit[], Text extends string = ''> = D extends [
  infer First extends Digit,
  ...infer Rest extends Digit[],
]
  ? ToNumber<Rest, `${First}${Text}`>
  : WithoutZeros<Text> extends `${infer N extends number}`
    ? N
    : never
type WithoutZeros<Text extends string> = Text extends `0${infer Rest}`
  ? WithoutZeros<Rest>
  : Text extends ''
    ? '0'
    : Text

/** [digit, carry] of a count below 100. */
type Carried<N extends Count> = `${N['length']}` extends `${infer Tens extends Digit}${infer Ones extends Digit}`
  ? [Ones, Counts[Tens]]
  : [`${N['length']}` & Digit, []]

type AddDigits<A extends Digit[], B extends Digit[], Carry extends Count = [], Out extends Digit[] = []> = A extends [
  infer First extends Digit,
  ...infer RestA extends Digit[],
]
  ? B extends [infer Second extends Digit, ...infer RestB extends Digit[]]
    ? Carried<[...Counts[First], ...Counts[Second], ...Carry]> extends [infer D extends Digit, infer C extends Count]
      ? AddDigits<RestA, RestB, C, [...Out, D]>
      : never
    : Carried<[...Counts[First], ...Carry]> extends [infer D extends Digit, infer C extends Count]
      ? AddDigits<RestA, [], C, [...Out, D]>
      : never
  : B extends []
    ? Carry extends []
      ? Out
      : [...Out, '1']
    : AddDigits<B, [], Carry, Out>

/** `negative` where B is larger than A. */
type SubtractDigits<
  A extends Digit[],
  B extends Digit[],
  Borrow extends Count = [],
  Out extends Digit[] = [],
> = A extends [infer First extends Digit, ...infer Rest extends Digit[]]
  ? [
      ...(B extends [infer Second extends Digit, ...Digit[]] ? Counts[Second] : []),
      ...Borrow,
    ] extends infer Taken extends Count
    ? Counts[First] extends [...Taken, ...infer Left extends Count]
      ? SubtractDigits<Rest, Tail<B>, [], [...Out, `${Left['length']}` & Digit]>
      : [...Counts['9'], 1, ...Counts[First]] extends [...Taken, ...infer Left extends Count]
        ? SubtractDigits<Rest, Tail<B>, [1], [...Out, `${Left['length']}` & Digit]>
        : never
    : never
  : [B, Borrow] extends [[], []]
    ? Out
    : 'negative'

type Tail<D extends Digit[]> = D extends [Digit, ...infer Rest extends Digit[]] ? Rest : []

type Repeated<N extends Count> = {
  '0': []
  '1': N
  '2': [...N, ...N]
  '3': [...N, ...N, ...N]
  '4': [...N, ...N, ...N, ...N]
  '5': [...N, ...N, ...N, ...N, ...N]
  '6': [...N, ...N, ...N, ...N, ...N, ...N]
  '7': [...N, ...N, ...N, ...N, ...N, ...N, ...N]
  '8': [...N, ...N, ...N, ...N, ...N, ...N, ...N, ...N]
  '9': [...N, ...N, ...N, ...N, ...N, ...N, ...N, ...N, ...N]
}

type TimesDigit<A extends Digit[], B extends Digit, Carry extends Count = [], Out extends Digit[] = []> = A extends [
  infer First extends Digit,
  ...infer Rest extends Digit[],
]
  ? Carried<[...Repeated<Counts[First]>[B], ...Carry]> extends [infer D extends Digit, infer C extends Count]
    ? TimesDigit<Rest, B, C, [...Out, D]>
    : never
  : Carry extends []
    ? Out
    : [...Out, `${Carry['length']}` & Digit]

// Σ A · bᵢ · 10ⁱ, lowest digit of B first; `Shift` are the i zeros.
type MultiplyDigits<
  A extends Digit[],
  B extends Digit[],
  Shift extends Digit[] = [],
  Sum extends Digit[] = [],
> = B extends [infer First extends Digit, ...infer Rest extends Digit[]]
  ? MultiplyDigits<A, Rest, [...Shift, '0'], AddDigits<Sum, [...Shift, ...TimesDigit<A, First>]>>
  : Sum

type LongDivision<
  A extends Digit[],
  B extends Digit[],
  Remainder extends Digit[] = [],
  Quotient extends string = '',
> = A extends [infer First extends Digit, ...infer Rest extends Digit[]]
  ? HowOften<Trimmed<[First, ...Remainder]>, B> extends [infer Times extends Count, infer Left extends Digit[]]
    ? LongDivision<Rest, B, Left, `${Quotient}${Times['length']}`>
    : never
  : [ToNumber<[], WithoutZeros<Quotient>>, ToNumber<Remainder>]

/** [how often B fits into A, what is left]. */
type HowOften<A extends Digit[], B extends Digit[], Times extends Count = []> = Times['length'] extends 9
  ? [Times, A]
  : SubtractDigits<A, B> extends infer Left extends Digit[]
    ? HowOften<Left, B, [...Times, 1]>
    : [Times, A]

// Leading zeros, which stand last.
type Trimmed<D extends Digit[]> = D extends [...infer Rest extends Digit[], '0'] ? Trimmed<Rest> : D
