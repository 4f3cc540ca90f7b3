/** The shape of one language's words: `zh` sets it, the compiler holds `en` to it. */
export type Shape<T> = T extends string
  ? string
  : T extends (...given: infer Given) => infer Made
    ? (...given: Given) => Shape<Made>
    : T extends readonly (infer Item)[]
      ? readonly Shape<Item>[]
      : { readonly [Name in keyof T]: Shape<T[Name]> };
