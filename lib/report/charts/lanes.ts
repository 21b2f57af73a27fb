import type { ColumnTable } from "arquero";
import type { VegaLiteSpec } from "../../exports/vega-lite-spec.js";
import { isActive } from "../../kernels/active.js";
import { lanes } from "../../kernels/lanes.js";
import { intervalOrder } from "../../kernels/order.js";
import { sweep } from "../../kernels/sweep.js";
import { Reader } from "../../tables/read.js";
import { count, counted, seconds } from "../format.js";
import { categories } from "./categories.js";
import { emptyChart, frame } from "./frame.js";
import { type ChartOptions, resolveChartOptions } from "./options.js";
import { themes } from "./theme.js";
import { timeAxis } from "./time-axis.js";

export interface LanesOptions extends ChartOptions {
  /** the stretch of time to show, in seconds as in the table; what has the most in flight if left out and there are too many calls */
  readonly window?: readonly [from: number, to: number];
  /** what the colours tell: the kind of a call if left out, or its name, which is the model or the tool */
  readonly by?: "kind" | "name";
}

const TITLE = "Calls in lanes";
/** More bars cannot be told apart. */
const BARS = 400;
/** More groups of lanes leave no room for their names. */
const GROUPS = 20;
/** The height of a lane, if there is room, and that of the name of a group, in pixels. */
const LANE = 18;
const NAME = 13;

/**
 * A chart of the calls themselves: a bar for each, in lanes, so that as many lanes are filled as calls are in flight. The lanes of an
 * example are together where there are at most 20 examples. Without a window, more than 400 calls are shown around the moment with the
 * most in flight; where more are left, 400 of them, evenly by their start. The subtitle says so. Calls that never ended run to the end of the chart;
 * those without a start are left out. O(n log n).
 *
 * @param calls a table with start_time and end_time; example_number, operation_type, operation_name, tokens where it has them
 * @returns a Vega-Lite specification with the data in it
 * @throws TableError if a column is missing; OptionError for a wrong option
 * @example
 * const calls = table({ start_time: [0, 1, 2], end_time: [2, 3, 4] });
 * lanesChart(calls).data.values.map(({ lane }) => lane); // [0, 1, 0]
 */
export function lanesChart(calls: ColumnTable, options: LanesOptions = {}): VegaLiteSpec {
  const resolved = resolveChartOptions(options);
  const { width, theme, by = "kind" } = resolved;
  const read = new Reader(calls, "lanesChart");
  const starts = read.numbers("start_time");
  const ends = read.numbers("end_time").map((end) => (Number.isNaN(end) ? Infinity : end));
  const placed = Int32Array.from(starts.keys()).filter((i) => Number.isFinite(starts[i]) && starts[i] <= ends[i]);

  const window = resolved.window ?? aroundPeak(placed, starts, ends);
  const inside = placed.filter((i) => isActive(starts[i], ends[i], ...window));
  if (inside.length === 0) {
    return emptyChart(TITLE, resolved.window ? "No call is in this window." : "No call has a place in time.", resolved);
  }
  const drawn = sampled(inside, starts);
  const [from, to] = cut(window, drawn, starts, ends);

  const at = (i: number) => ({ start: Math.max(from, starts[i]), end: Math.min(to, ends[i]) });
  const laid = layOut(drawn, read, starts, ends, resolved.height);
  const axis = timeAxis("start", from, to, width);
  const colours = categories(by, drawn, read, themes[theme]);
  const promptTokens = read.maybeNumbers("prompt_tokens");
  const completionTokens = read.maybeNumbers("completion_tokens");
  const [kindOf, nameOf, statusOf] = ["operation_type", "operation_name", "status"].map((name) =>
    read.maybeTextAt(name),
  );
  const values = Array.from(drawn, (i, k) => ({
    start: axis.at(at(i).start),
    end: axis.at(at(i).end),
    lane: laid.lanes[k],
    colour: colours.of(i),
    name: nameOf(i),
    kind: kindOf(i),
    duration: seconds(ends[i] - starts[i]),
    prompt_tokens: finite(promptTokens[i]),
    completion_tokens: finite(completionTokens[i]),
    status: statusOf(i),
  }));

  const y = {
    field: "top",
    type: "quantitative",
    title: null,
    scale: { domain: [laid.count, 0], nice: false, zero: false },
    axis: null,
  };
  const colour = {
    field: "colour",
    type: "nominal",
    scale: colours.scale,
    legend: colours.known ? { columns: Math.max(1, Math.floor(width / 180)), labelLimit: 150 } : null,
  };
  const bars = {
    transform: [
      { calculate: "datum.lane + 0.08", as: "top" },
      { calculate: "datum.lane + 0.92", as: "bottom" },
    ],
    // the outline lets a call be seen that is narrower than a pixel; it must not close the gap between thin lanes
    mark: { type: "rect", strokeWidth: laid.height >= 8 * laid.count ? 1 : 0.5, tooltip: true },
    encoding: {
      x: axis.x,
      x2: { field: "end" },
      y,
      y2: { field: "bottom" },
      fill: colour,
      stroke: colour,
      tooltip: [
        { field: "name", type: "nominal" },
        { field: "kind", type: "nominal" },
        { field: "duration", type: "nominal" },
        { field: "prompt_tokens", type: "quantitative", title: "prompt tokens", format: "," },
        { field: "completion_tokens", type: "quantitative", title: "completion tokens", format: "," },
        { field: "status", type: "nominal" },
      ],
    },
  };
  const groups = {
    data: { values: laid.groups },
    encoding: { y },
    layer: [
      { mark: { type: "rule", color: themes[theme].grid } },
      {
        mark: {
          type: "text",
          color: themes[theme].faint,
          align: "right",
          baseline: "top",
          dx: -6,
          dy: 3,
          fontSize: 11,
        },
        encoding: { x: { value: 0 }, text: { field: "label", type: "nominal" } },
      },
    ],
  };
  const subtitle = subtitleOf(placed, inside, drawn, laid.used, resolved.window !== undefined);
  return frame({ text: TITLE, subtitle }, resolved, {
    width,
    height: laid.height,
    data: { values },
    layer: laid.groups.length > 0 ? [groups, bars] : [bars],
  });
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

function subtitleOf(
  placed: Int32Array,
  inside: Int32Array,
  drawn: Int32Array,
  lanes: number,
  chosen: boolean,
): string[] {
  const all = counted(inside.length, "call");
  const inLanes = `in ${counted(lanes, "lane")}`;
  const first =
    chosen || inside.length === placed.length
      ? all
      : `${count(inside.length)} of ${counted(placed.length, "call")}, around the moment with the most in flight`;
  if (drawn.length === inside.length) return [`${first}${first === all ? " " : ": "}${inLanes}`];
  return [first, `${count(drawn.length)} of them are drawn, evenly by their start, ${inLanes}`];
}

/**
 * All of time if the calls are few; else around the middle of the peak, as far as no more than the most bars are in it, but so far that the
 * calls of the peak can be told apart.
 */
function aroundPeak(placed: Int32Array, starts: Float64Array, ends: Float64Array): readonly [number, number] {
  if (placed.length <= BARS) return [-Infinity, Infinity];
  const from = Float64Array.from(placed, (i) => starts[i]);
  const to = Float64Array.from(placed, (i) => ends[i]);
  const { times, levels } = sweep(from, to, true);
  if (levels.length === 0) return [-Infinity, Infinity];
  let peak = 0;
  for (let k = 1; k < levels.length; k++) if (levels[k] > levels[peak]) peak = k;
  const middle = Number.isFinite(times[peak + 1]) ? (times[peak] + times[peak + 1]) / 2 : times[peak];

  const distances = from.map((start, k) => Math.max(0, start - middle, middle - to[k]));
  const lengths = to.map((end, k) => end - from[k]).filter((length, k) => distances[k] === 0 && length < Infinity);
  const typical = lengths.length > 0 ? lengths.sort()[lengths.length >> 1] : 0;
  const reach = Math.max(distances.sort()[BARS], typical);
  return [Math.max(times[0], middle - reach), Math.min(times[levels.length], middle + reach)];
}

/** If there are more than can be told apart, so many of them, evenly by their start. */
function sampled(calls: Int32Array, starts: Float64Array): Int32Array {
  if (calls.length <= BARS) return calls;
  const byStart = calls.slice().sort((a, b) => starts[a] - starts[b] || a - b);
  return Int32Array.from({ length: BARS }, (_, k) => byStart[Math.floor((k * calls.length) / BARS)]).sort();
}

/** The window where it has ends, else from the first start to the last end of the calls. */
function cut(
  [from, to]: readonly [number, number],
  calls: Int32Array,
  starts: Float64Array,
  ends: Float64Array,
): [number, number] {
  let [first, last] = [Infinity, -Infinity];
  for (const i of calls) {
    first = Math.min(first, starts[i]);
    last = Math.max(last, Number.isFinite(ends[i]) ? ends[i] : starts[i]);
  }
  return [Number.isFinite(from) ? from : first, Number.isFinite(to) ? to : last];
}

interface Laid {
  /** of each call, from 0 at the top */
  readonly lanes: Int32Array;
  /** lanes that hold calls */
  readonly used: number;
  /** lanes in all, with those that make room for names */
  readonly count: number;
  /** pixels of the plot */
  readonly height: number;
  /** the first lane of each example and its name; none where all are together */
  readonly groups: readonly { readonly top: number; readonly label: string }[];
}

/** No two calls in one lane overlap, not even parent and child, so that lanes can be counted. */
function layOut(
  drawn: Int32Array,
  read: Reader,
  starts: Float64Array,
  ends: Float64Array,
  given: number | undefined,
): Laid {
  const examples = read.has("example_number") ? read.ints("example_number") : undefined;
  const exampleOf = Int32Array.from(drawn, (i) => examples?.[i] ?? 0);
  const numbers = Int32Array.from(new Set(exampleOf)).sort();
  const grouped = examples !== undefined && numbers.length <= GROUPS;
  const groups = grouped ? exampleOf : new Int32Array(drawn.length);
  const from = Float64Array.from(drawn, (i) => starts[i]);
  const to = Float64Array.from(drawn, (i) => ends[i]);
  const within = lanes(intervalOrder(groups, from, to), groups, new Int32Array(drawn.length).fill(-1), from, to);

  const sizes = new Map<number, number>();
  within.forEach((lane, k) => sizes.set(groups[k], Math.max(sizes.get(groups[k]) ?? 0, lane + 1)));
  const used = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const room = given === undefined ? Math.min(LANE, Math.max(2, 480 / used)) : given / used;
  if (!grouped) return { lanes: within, used, count: used, height: given ?? Math.ceil(used * room), groups: [] };

  const nameOf = read.maybeTextAt("example");
  const tops = new Map<number, { readonly top: number; readonly label: string }>();
  let count = 0;
  for (const number of numbers) {
    const name = nameOf(drawn[exampleOf.indexOf(number)]) ?? String(number);
    tops.set(number, { top: count, label: shortened(/^\d+$/.test(name) ? `example ${name}` : name) });
    count += Math.max(sizes.get(number) ?? 0, Math.ceil(NAME / room));
  }
  return {
    lanes: within.map((lane, k) => lane + (tops.get(exampleOf[k])?.top ?? 0)),
    used,
    count,
    height: given ?? Math.ceil(count * room),
    groups: [...tops.values()],
  };
}

const shortened = (text: string): string => (text.length > 18 ? `${text.slice(0, 17)}…` : text);
