/** What an incident does to the traffic: how many times as many arrivals, how many times as long calls. */
export interface IncidentEffect {
  readonly arrivals: number;
  readonly latency: number;
}

/** A stretch `[start_time, end_time)` in which something was the matter. */
export interface Incident {
  readonly kind: IncidentKind;
  readonly start_time: number;
  readonly end_time: number;
  readonly arrivals_factor: number;
  readonly latency_factor: number;
}

/** What kind of incident: more arrivals, longer calls, or each by the square root of the factor. */
export type IncidentKind = "burst" | "slowdown" | "both";

/** What a factor means to each kind. `both` shares it out, so that it adds as much load as the others. */
export const incidentEffects = {
  burst: (factor) => ({ arrivals: factor, latency: 1 }),
  slowdown: (factor) => ({ arrivals: 1, latency: factor }),
  both: (factor) => ({ arrivals: Math.sqrt(factor), latency: Math.sqrt(factor) }),
} as const satisfies Record<IncidentKind, (factor: number) => IncidentEffect>;

export const incidentKinds = Object.keys(incidentEffects) as [IncidentKind, ...IncidentKind[]];

/** An incident of this kind in this stretch of time. */
export function incidentOf(kind: IncidentKind, factor: number, [from, to]: readonly [number, number]): Incident {
  const { arrivals, latency } = incidentEffects[kind](factor);
  return { kind, start_time: from, end_time: to, arrivals_factor: arrivals, latency_factor: latency };
}

/** How many times as long a call takes that starts at this time. */
export const latencyFactor = (incidents: readonly Incident[], time: number): number =>
  incidents.reduce((factor, incident) => (covers(incident, time) ? factor * incident.latency_factor : factor), 1);

/** How many times as many arrivals there are at this time. */
export const arrivalsFactor = (incidents: readonly Incident[], time: number): number =>
  incidents.reduce((factor, incident) => (covers(incident, time) ? factor * incident.arrivals_factor : factor), 1);

/** The next time after this one at which an incident begins or ends; Infinity where none does. */
export const nextEdge = (incidents: readonly Incident[], time: number): number =>
  incidents.reduce(
    (edge, { start_time, end_time }) =>
      Math.min(edge, start_time > time ? start_time : end_time > time ? end_time : Infinity),
    Infinity,
  );

const covers = ({ start_time, end_time }: Incident, time: number): boolean => start_time <= time && time < end_time;
