"""numpy, as fast as we could: stable sorts gain from times nearly in order, and ranks come from the one sort."""

from pathlib import Path
from typing import Any

import numpy as np
from protocol import (
    CALLS,
    METRICS,
    TIMES,
    Work,
    columns,
    distribution_digest,
    percentiles,
    serve,
    tables_digest,
)


def distribution(calls: dict[str, np.ndarray]) -> dict[str, Any]:
    starts = np.sort(calls["start_time"], kind="stable")
    ends = np.sort(calls["end_time"], kind="stable")
    n = len(starts)
    # where the ends come among all events, starts of the same time first: between ties lies no time, so it is no matter
    places = np.searchsorted(starts, ends, side="right")
    places += np.arange(n)
    is_start = np.ones(2 * n, dtype=bool)
    is_start[places] = False
    times = np.empty(2 * n)
    times[places] = ends
    times[is_start] = starts
    changes = is_start.astype(np.int8)
    changes *= 2
    changes -= 1
    levels = np.cumsum(changes, dtype=np.intp)
    totals = np.bincount(levels[:-1], weights=np.diff(times))
    present = np.flatnonzero(totals)
    totals = totals[present]
    return {
        "distribution": {"concurrency": present, "total_time": totals},
        "percentiles": percentiles(present, totals),
    }


def tables(calls: dict[str, np.ndarray]) -> dict[str, Any]:
    starts, ends = calls["start_time"], calls["end_time"]
    n = len(starts)
    events = np.concatenate([starts, ends])
    order = np.argsort(events, kind="stable")
    events = events[order]
    levels = np.cumsum(np.where(order < n, 1, -1))

    # events of one time together, then neighbours of one level
    is_new = np.empty(2 * n, dtype=bool)
    is_new[0] = True
    np.not_equal(events[1:], events[:-1], out=is_new[1:])
    firsts = np.flatnonzero(is_new)
    times = events[firsts]
    levels = levels[np.append(firsts[1:], 2 * n) - 1]
    kept = np.empty(len(times), dtype=bool)
    kept[0] = kept[-1] = True
    np.not_equal(levels[1:-1], levels[:-2], out=kept[1:-1])
    borders, concurrency = times[kept], levels[kept][:-1]
    durations = np.diff(borders)

    totals = np.bincount(concurrency, weights=durations)
    present = np.flatnonzero(np.bincount(concurrency))
    totals = totals[present]
    found = percentiles(present, totals)
    threshold = max(1, found["active_concurrency"][1])

    is_spike = concurrency >= threshold
    spikes = {
        "start_time": borders[:-1][is_spike],
        "end_time": borders[1:][is_spike],
        "duration": durations[is_spike],
        "concurrency": concurrency[is_spike],
    }

    # spikes before each distinct time, and with the one that it may cut; each call gets the difference of its two times
    before = np.append(0, np.cumsum(is_spike))
    segment = np.cumsum(kept) - 1
    group = np.cumsum(is_new) - 1
    spikes_from = np.empty(2 * n, dtype=np.intp)
    spikes_from[order] = np.where(order < n, before[segment][group], before[segment + ~kept][group])
    pairs = spikes_from[n:] - spikes_from[:n]
    tokens = {"metric": METRICS, "mean_in_spikes": [], "pairs": []}
    for metric in METRICS:
        counted = np.where(calls[metric] > 0, pairs, 0)
        tokens["mean_in_spikes"].append((counted * calls[metric]).sum() / max(1, counted.sum()))
        tokens["pairs"].append(counted.sum())

    middles = 0.5 * (starts + ends)
    at_middle = concurrency[np.searchsorted(borders, middles, side="right") - 1]
    calls_at = np.bincount(at_middle)
    latency_levels = np.flatnonzero(calls_at)
    latency = np.bincount(at_middle, weights=ends - starts)[latency_levels] / calls_at[latency_levels]
    return {
        "segments": {
            "start_time": borders[:-1],
            "end_time": borders[1:],
            "duration": durations,
            "concurrency": concurrency,
        },
        "distribution": {"concurrency": present, "total_time": totals},
        "percentiles": found,
        "threshold": threshold,
        "spikes": spikes,
        "spike_tokens": tokens,
        "latency_by_concurrency": {
            "concurrency": latency_levels,
            "calls": calls_at[latency_levels],
            "mean_latency": latency,
        },
    }


def load_times(folder: Path) -> dict[str, np.ndarray]:
    return columns(folder, TIMES)


def load_calls(folder: Path) -> dict[str, np.ndarray]:
    return columns(folder, CALLS)


serve(
    {
        "distribution": Work(load_times, distribution, distribution_digest),
        "tables": Work(load_calls, tables, tables_digest),
    }
)
