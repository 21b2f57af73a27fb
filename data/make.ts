// Writes the traces of this folder: `node --import tsx/esm data/make.ts`. Agents run on one simulated clock of whole milliseconds, and
// every draw comes from a seeded generator, so that the files are the same byte for byte whenever they are made.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

interface Call {
  readonly example: number;
  readonly uuid: string;
  readonly parent: Call | undefined;
  readonly kind: "WORKFLOW" | "LLM" | "TOOL";
  readonly name: string;
  readonly agent: string;
  readonly start: number;
  end: number;
  readonly failed?: boolean;
  readonly prompt?: number;
  readonly completion?: number;
  readonly texts?: readonly [asked: string, answered: string];
  /** what a tool does besides its own work */
  readonly inside?: (tool: Call) => Promise<unknown>;
}
type Event = { readonly call: Call; readonly ended: boolean; readonly event_type: string };

/** From small and fast to large and slow. */
const models = ["small-chat", "large-chat", "deep-chat"];
const slowTools = ["web_search", "run_code", "run_tests"];

/** Clock, chance and log of one trace. Work takes longer by `slope` of itself for each piece of work that is under way. */
function makeWorld(seed: number, slope: number, tick = 1) {
  const log: Event[] = [];
  const sleepers: { readonly time: number; readonly wake: () => void }[] = [];
  let now = 0;
  let working = 0;
  /** A whole number, both bounds included, by mulberry32. */
  const whole = (low: number, high: number): number => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return low + Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * (high - low + 1));
  };
  const sleep = (ms: number) => new Promise<void>((wake) => sleepers.push({ time: now + ms - (ms % tick), wake }));
  const open = (parent: Call | undefined, name: string, task: Partial<Call> = {}): Call => {
    const kind = !parent ? "WORKFLOW" : models.includes(name) ? "LLM" : "TOOL";
    const usual = { example: parent?.example ?? 0, agent: parent?.agent ?? name, start: now, end: NaN };
    const call: Call = { ...usual, ...task, uuid: `c${String(log.length).padStart(4, "0")}`, parent, kind, name };
    log.push({ call, ended: false, event_type: `${kind}_START` });
    return call;
  };
  const close = (call: Call): void => {
    call.end = now;
    log.push({ call, ended: true, event_type: `${call.kind}_END` });
  };
  const call = async (parent: Call, name: string, task: Partial<Call> = {}): Promise<void> => {
    const call = open(parent, name, task);
    const { prompt = 0, completion = 0 } = call;
    const size = models.indexOf(name) + 1;
    const rest = size > 0 ? size * (0.3 + 0.006 * completion) + prompt / 20_000 : slowTools.includes(name) ? 1.5 : 0.4;
    await sleep(Math.round(rest * (1 + slope * working++) * whole(750, 1250)));
    working--;
    await call.inside?.(call);
    close(call);
  };
  /** Lets agents arrive at these seconds and runs until nobody sleeps. The log is by example, and within one by time. */
  const run = async (name: string, arrivals: readonly number[], agent: (root: Call) => Promise<void>) => {
    const agents = arrivals.map(async (time, example) => {
      await sleep(time * 1000);
      const root = open(undefined, name, { example });
      await agent(root);
      close(root);
    });
    while (sleepers.length > 0) {
      const [next] = sleepers.sort((a, b) => a.time - b.time).splice(0, 1);
      now = next.time;
      next.wake();
      await new Promise(setImmediate); // until everyone awake sleeps again
    }
    await Promise.all(agents);
    return log.sort((a, b) => a.call.example - b.call.example);
  };
  return { whole, sleep, open, call, run };
}

/** Requests in two waves, as NAT's JSON: plan, use tools side by side, some of which ask a model, write. One page never comes. */
export async function researchAgents(): Promise<string> {
  const { whole, open, call, run } = makeWorld(22, 0.25);
  const arrivals = [0, 15, 15.4, 16.8, 17.9, 20.3, 23.1, 75, 75.3, 76.1, 78.5, 118];
  const log = await run("research_agent", arrivals, async (root) => {
    let prompt = whole(400, 600);
    const ask = (name: string, completion: number) =>
      call(root, name, { prompt: (prompt += whole(200, 900)), completion });
    const inside = (page: Call) => call(page, "small-chat", { prompt: whole(1500, 4000), completion: whole(60, 180) });
    await ask("deep-chat", whole(100, 160));
    for (let turn = whole(2, 4); turn > 0; turn--) {
      if (root.example === 8 && turn === 1) open(root, "fetch_page");
      const names = ["run_code", "web_search", "fetch_page", "fetch_page"].slice(whole(0, 2), whole(3, 4));
      await Promise.all(names.map((name) => call(root, name, name === "fetch_page" ? { inside } : {})));
      await ask(turn % 2 ? "small-chat" : "large-chat", whole(80, 220));
    }
    await ask("large-chat", whole(150, 250));
  });
  const requests = arrivals.map((_, request) => {
    const steps = log.filter(({ call }) => call.example === request).map((event) => JSON.stringify(natStep(event)));
    return `{"request_number":${request},"intermediate_steps":[\n${steps.join(",\n")}\n]}`;
  });
  return `[\n${requests.join(",\n")}\n]\n`;
}

/** An event as NAT's JSON has it, in seconds since 1970. */
function natStep({ call, ended, event_type }: Event): unknown {
  const { uuid, parent, kind, name } = call;
  const [start, end] = [call.start, call.end].map((time) => (1_767_600_000_000 + time) / 1000);
  const token_usage = { ...tokensOf(call), cached_tokens: 0, reasoning_tokens: 0 };
  const usage_info = ended && kind === "LLM" ? { token_usage, num_llm_calls: 1, seconds_between_calls: 0 } : null;
  const when = { event_timestamp: ended ? end : start, span_event_timestamp: ended ? start : null };
  const what = { framework: null, name, tags: null, metadata: null, data: null, usage_info, UUID: uuid };
  const [at, around] = [parent, parent?.parent].map((it) => it ?? { uuid: "root", name: "root" });
  const above = { parent_id: parent ? around.uuid : null, parent_name: parent ? around.name : null };
  const function_ancestry = { function_id: at.uuid, function_name: at.name, ...above };
  return { parent_id: at.uuid, function_ancestry, payload: { event_type, ...when, ...what } };
}

/** Tickets in a trickle with a burst, as NAT's CSV: sorted, looked up by two tools side by side, answered, at times twice. */
export async function supportDesk(): Promise<string> {
  const { whole, call, run } = makeWorld(6, 0.5);
  const arrivals = [0, 9, 21, 30, 44, 52, 60, 60.4, 61, 61.1, 61.9, 62.6, 63, 64.2, 65, 66.3, 78, 91, 99, 112];
  const log = await run("support_agent", arrivals, async (root) => {
    const asked = ['Where is it?\nThe page says "on its way".', "Charged twice, on the 3rd and the 4th."][whole(0, 1)];
    const inside = (help: Call) => call(help, "small-chat", { prompt: whole(900, 1600), completion: whole(30, 70) });
    let prompt = whole(250, 400);
    await call(root, "small-chat", { prompt, completion: whole(8, 20), texts: [asked, "urgent"] });
    for (let round = whole(2, 4) >> 1; round > 0; round--) {
      await Promise.all([call(root, "find_order"), call(root, "search_help", { inside })]);
      const texts = [asked, "Sorry for the trouble, we looked into it.\nIt is settled."] as const;
      await call(root, "large-chat", { prompt: (prompt += 450), completion: whole(90, 180), texts });
    }
    await call(root, "send_reply");
  });
  const rows = log.map(({ call, ended, event_type }) => {
    const { kind, name, uuid: UUID, example: example_number, parent: at = call, texts = [] } = call;
    const event_timestamp = (ended ? call.end : call.start) / 1000;
    const tokens = tokensOf({ prompt: 0, completion: 0, ...(ended && call) });
    const told = { llm_text_input: texts[0], llm_text_output: ended ? texts[1] : "", llm_new_token: "" };
    const names = { llm_name: kind === "LLM" ? name : "", tool_name: kind === "TOOL" ? name : "" };
    const above = { parent_function_name: at.parent?.name, parent_function_id: at.parent?.uuid };
    const where = { ...names, function_name: at.name, function_id: at.uuid, ...above, UUID, framework: "" };
    return { event_type, event_timestamp, example_number, ...tokens, ...told, ...where };
  });
  return csv(rows);
}

/** Sessions with sub-agents that mostly wait for their user, as tidy calls; in eighths of a second, so that sums are exact. */
export async function codingSessions(): Promise<string> {
  const { whole, sleep, call, run } = makeWorld(3, 0.2, 125);
  const log = await run("lead", [0, 45, 90, 300, 420, 600, 610, 900], async (root) => {
    const think = (within: Call, prompt: number) => call(within, "large-chat", { prompt, completion: whole(80, 160) });
    const inside = async (sub: Call) => {
      await think(sub, whole(900, 1500));
      await call(sub, "read_file");
      await think(sub, whole(2500, 6000));
    };
    for (let turn = whole(3, 4), prompt = whole(2000, 4000); turn > 0; turn--) {
      await think(root, prompt);
      const agents = ["explorer", "explorer", "reviewer", "tester"].slice(0, whole(0, 4));
      await Promise.all(agents.map((agent) => call(root, "sub_agent", { inside, agent })));
      await think(root, (prompt += whole(1000, 3000)));
      await call(root, "run_tests", { failed: whole(0, 2) === 0 });
      await sleep(whole(60_000, 300_000));
    }
  });
  const starts = log.filter(({ call, ended }) => !ended && call.parent);
  const rows = starts.map(({ call }) => {
    const { example, uuid, parent, kind, name, start, end, failed, agent } = call;
    const who = { example: `session-${example + 1}`, uuid, parent_uuid: parent?.parent && parent.uuid };
    const what = { operation_type: kind, operation_name: name };
    const when = { start_time: start / 1000, duration: (end - start) / 1000 };
    return { ...who, ...what, ...when, ...tokensOf(call), status: failed ? "error" : "ok", agent };
  });
  return csv(rows);
}

/** The tokens as NAT names them; nothing where no model was called. */
const tokensOf = ({ prompt, completion = 0 }: Partial<Call>) => ({
  prompt_tokens: prompt,
  completion_tokens: prompt && completion,
  total_tokens: prompt && prompt + completion,
});

/** Rows of like keys as CSV, quoted where they must be. */
function csv(rows: readonly Readonly<Record<string, string | number | undefined>>[]): string {
  const quoted = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = rows.map((row) => Object.values(row).map((value = "") => quoted(String(value))));
  return [Object.keys(rows[0]), ...lines].map((cells) => `${cells.join(",")}\n`).join("");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL("research-agents.json", import.meta.url), await researchAgents());
  writeFileSync(new URL("support-desk.csv", import.meta.url), await supportDesk());
  writeFileSync(new URL("coding-sessions.csv", import.meta.url), await codingSessions());
}
