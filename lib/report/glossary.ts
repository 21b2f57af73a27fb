/** What the words of the field mean here, in reading order. */
export const glossary: Readonly<Record<string, string>> = {
  call: "An operation that counts: of a kind that was chosen (LLM and TOOL if nobody says otherwise), with a start and an end.",
  operation: "Anything that a trace has a start and an end of: a model call, a tool, a workflow, a function, …",
  example:
    "One run of the work that is traced: a request, a session, a conversation. Numbered from 0 in order of appearance.",
  origin: "The date that stands for time 0. Times are seconds since then; where they were not shifted there is none.",
  interval:
    "A stretch of time from a start to an end. The start belongs to it, the end does not: [start, end). A call that starts when another ends does not overlap it.",
  "in flight": "Started and not yet ended. A call is in flight from its start up to its end, which is not part of it.",
  concurrency: "How many calls are in flight at an instant.",
  segment:
    "A stretch of time throughout which the concurrency stays the same. Segments follow each other without gaps.",
  peak: "The most calls that were in flight at once.",
  makespan: "The time from the first start to the last end.",
  "busy time": "The time with at least one call in flight; the rest of the makespan is idle time.",
  "idle time": "The time between the first start and the last end with no call in flight.",
  "percentile of time":
    "The lowest concurrency that was not exceeded for that share of the time: weighted by how long each level lasted, not by how many segments or calls there were. p90 = 8 says that for 90 % of the time at most 8 calls were in flight. The active one leaves idle time out.",
  spike: "A segment whose concurrency is at or above the threshold.",
  threshold:
    "The concurrency from which on a segment is a spike. If nobody gives one: p90 of busy time, at least 1; in nat mode p90 of all time.",
  "midpoint concurrency":
    "How many calls, itself included, were in flight halfway between a call's start and its end: one level for each call, to set its latency against.",
  latency: "How long a call took: its end less its start. Also called duration.",
  inclusive: "A way of counting: every call counts from its start to its end, also while calls below it run.",
  leaf: "A way of counting: only calls that hold no other call count.",
  exclusive: "A way of counting: a call counts only while no call below it runs.",
  dedupe:
    "Folding into one what several instrumentations recorded of the same model call, such as a framework and its client.",
  censor:
    "What is done with a call that never ended: it counts as in flight until the last event of its example. It can also be dropped, or be of no length (zero).",
  "nat mode":
    "The numbers of the profiler of NVIDIA's Agent Toolkit, exactly, where the default mode pairs, nests and counts otherwise.",
};
