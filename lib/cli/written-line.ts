import type { Truth } from "../generate/truth.js";
import { counted, decimal, seconds } from "../report/format.js";

/** A line that says what was generated and where it is, and another where the incident came too late. */
export function writtenLine(truth: Truth, output: string, truthFile: string | undefined): string {
  const { calls, examples, makespan, end_time, incidents } = truth;
  const parts = [
    `${counted(calls, "call")} in ${counted(examples, "example")}, ${seconds(makespan)} of traffic`,
    ...incidents.map(
      ({ kind, start_time: from, end_time: to }) =>
        `${kind} × ${decimal(truth.options.incidentFactor)} from ${seconds(from)} to ${seconds(to)}`,
    ),
    // a reader of standard output may leave before it has read what went into the pipe
    ...(output === "-" ? [] : [`written to ${output}`]),
    ...(truthFile === undefined ? [] : [`truth to ${truthFile}`]),
  ];
  const late = incidents.some(({ start_time }) => start_time >= end_time)
    ? "spikeline: the incident begins when all is over; choose an earlier --incident-window, or more calls\n"
    : "";
  return `${parts.join(", ")}\n${late}`;
}
