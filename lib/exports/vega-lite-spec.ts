/** A Vega-Lite specification: plain JSON, its data inlined. */
export interface VegaLiteSpec {
  readonly $schema: string;
  readonly [property: string]: unknown;
}
