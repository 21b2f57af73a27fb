import type { InputError } from "../errors.js";
import type { ColumnMap } from "./columns.js";
import { detectDocument, type DocumentFormat, type DocumentReader, signalOf, unknownFormat } from "./detect.js";
import { natJson } from "./nat-json.js";
import type { Sinks } from "./sinks.js";

/** So many documents may come before one that tells the format, besides those of logs and metrics. */
const FIRST_DOCUMENTS = 1000;

/** Reads the documents of a file; the first one that tells the format gives it to all. */
export class DocumentReading {
  readonly #map: ColumnMap;
  readonly #sinks: Sinks;
  readonly #source: string | null;
  readonly #waiting: { readonly document: unknown; readonly number: number }[] = [];
  /** the first document of logs or metrics before one that tells the format, and how many there are: these do not wait */
  #passed: { readonly signal: string; readonly number: number; documents: number } | undefined;
  /** the number of the last one that was looked at */
  #last = 0;
  #format: DocumentFormat | undefined;
  #reader: DocumentReader | undefined;

  constructor(map: ColumnMap, sinks: Sinks, source: string | null) {
    this.#map = map;
    this.#sinks = sinks;
    this.#source = source;
  }

  read(document: unknown, number: number): void {
    if (this.#reader) {
      this.#reader.read(document, number);
      return;
    }
    // what the first part of a long document does not tell, the next ones do not either
    if (this.#waiting.length === FIRST_DOCUMENTS || number === this.#last) return;
    this.#last = number;
    this.#format = detectDocument(document, this.#map);
    const signal = this.#format ? undefined : signalOf(document);
    if (signal === undefined) this.#waiting.push({ document, number });
    else {
      this.#passed ??= { signal, number, documents: 0 };
      this.#passed.documents++;
    }
    if (this.#format) this.#begin(this.#format);
  }

  #begin(format: DocumentFormat): void {
    this.#sinks.begin(this.#source);
    const reader = format.reader(this.#sinks, this.#source);
    this.#reader = reader;
    if (this.#passed) {
      const { signal, number, documents } = this.#passed;
      this.#sinks.spans.findings.add("ignored", this.#source, number, signal, documents);
    }
    for (const { document, number } of this.#waiting) reader.read(document, number);
  }

  /** The format, when all have been read; an error where none tells it. Lists of nothing are what NAT writes of no requests. */
  done(isList: boolean): DocumentFormat | InputError {
    const isEmpty =
      !this.#passed && this.#waiting.every(({ document }) => Array.isArray(document) && document.length === 0);
    if (!this.#format && isList && isEmpty) this.#begin((this.#format = natJson));
    this.#reader?.done?.();
    const what = this.#passed ? `this JSON, of logs or metrics (${this.#passed.signal}),` : "this JSON";
    return this.#format ?? unknownFormat(what, this.#source ?? undefined);
  }
}
