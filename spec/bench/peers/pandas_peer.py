"""pandas: one sort of all events, cumulative sums, look-ups by `searchsorted`."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
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


def events(calls: pd.DataFrame) -> pd.DataFrame:
    """+1 at each start and -1 at each end, in the order of time, with the level that they lead to."""
    time = pd.concat([calls["start_time"], calls["end_time"]], ignore_index=True).sort_values(kind="stable")
    change = np.where(time.index < len(calls), 1, -1)
    return pd.DataFrame({"start_time": time.array, "concurrency": change.cumsum()})


def with_duration(frame: pd.DataFrame) -> pd.DataFrame:
    """Half-open intervals from each time to the next."""
    end_time = frame["start_time"].shift(-1)
    frame = frame.assign(end_time=end_time, duration=end_time - frame["start_time"])
    return frame[frame["duration"] > 0]


def total_times(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.groupby("concurrency")["duration"].sum().rename("total_time").reset_index()


def distribution(calls: pd.DataFrame) -> dict[str, Any]:
    found = total_times(with_duration(events(calls)))
    return {
        "distribution": found,
        "percentiles": percentiles(found["concurrency"].to_numpy(), found["total_time"].to_numpy()),
    }


def tables(calls: pd.DataFrame) -> dict[str, Any]:
    # the last event of a time has its level; of these only those stay that change it, and the first and the last
    borders = events(calls)
    borders = borders[borders["start_time"] != borders["start_time"].shift(-1)]
    is_last = np.arange(len(borders)) == len(borders) - 1
    borders = borders[(borders["concurrency"] != borders["concurrency"].shift()) | is_last]
    segments = with_duration(borders).reset_index(drop=True)
    found = total_times(segments)
    shares = percentiles(found["concurrency"].to_numpy(), found["total_time"].to_numpy())
    threshold = max(1, shares["active_concurrency"][1])
    is_spike = segments["concurrency"] >= threshold

    starts = segments["start_time"].to_numpy()
    before = np.append(0, is_spike.cumsum())
    pairs = before[starts.searchsorted(calls["end_time"], "left")]
    pairs = pairs - before[starts.searchsorted(calls["start_time"], "right") - 1]
    tokens = calls[list(METRICS)]
    counted = (tokens > 0).mul(pairs, axis=0)
    spike_tokens = pd.DataFrame(
        {"mean_in_spikes": (tokens * counted).sum() / counted.sum(), "pairs": counted.sum()},
    )

    middles = 0.5 * (calls["start_time"] + calls["end_time"])
    at_middle = segments["concurrency"].to_numpy()[starts.searchsorted(middles, "right") - 1]
    latency = (
        (calls["end_time"] - calls["start_time"])
        .groupby(at_middle)
        .agg(calls="count", mean_latency="mean")
        .rename_axis("concurrency")
        .reset_index()
    )
    return {
        "calls": calls,
        "segments": segments,
        "distribution": found,
        "percentiles": shares,
        "threshold": threshold,
        "spikes": segments[is_spike],
        "spike_tokens": spike_tokens,
        "latency_by_concurrency": latency,
    }


def load_times(folder: Path) -> pd.DataFrame:
    return pd.DataFrame(columns(folder, TIMES))


def load_calls(folder: Path) -> pd.DataFrame:
    return pd.DataFrame(columns(folder, CALLS))


def csv_path(folder: Path) -> Path:
    return folder / "calls.csv"


def csv(path: Path) -> dict[str, Any]:
    return tables(pd.read_csv(path, engine="pyarrow"))


serve(
    {
        "distribution": Work(load_times, distribution, distribution_digest),
        "tables": Work(load_calls, tables, tables_digest),
        "csv": Work(csv_path, csv, tables_digest),
    }
)
