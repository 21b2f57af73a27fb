import { isRecord, type JsonObject } from "./json-value.js";

/**
 * What stands at a path of names with dots between, however much of it is one key: `{"a.b": 1}`, `{a: {b: 1}}` and `{"a.b": {c: 1}}` all
 * can be asked. Undefined where there is nothing, or null.
 */
export function valueAt(record: JsonObject, path: string): unknown {
  const value = Object.hasOwn(record, path) ? record[path] : undefined;
  if (value !== undefined && value !== null) return value;
  for (let dot = path.indexOf("."); dot >= 0; dot = path.indexOf(".", dot + 1)) {
    const key = path.slice(0, dot);
    const inner = Object.hasOwn(record, key) ? record[key] : undefined;
    const found = isRecord(inner) ? valueAt(inner, path.slice(dot + 1)) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
