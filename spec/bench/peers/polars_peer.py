"""Polars: one sort of all events and window expressions in a lazy query, then look-ups by `search_sorted`."""

from pathlib import Path
from typing import Any

import polars as pl
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


def events(calls: pl.DataFrame) -> pl.LazyFrame:
    """+1 at each start and -1 at each end, in the order of time, with the level that they lead to."""
    starts = calls.lazy().select(time="start_time", change=pl.lit(1, pl.Int32))
    ends = calls.lazy().select(time="end_time", change=pl.lit(-1, pl.Int32))
    return pl.concat([starts, ends]).sort("time").with_columns(concurrency=pl.col("change").cum_sum())


def with_duration(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Half-open intervals from each time to the next."""
    return (
        frame.with_columns(end_time=pl.col("time").shift(-1))
        .with_columns(duration=pl.col("end_time") - pl.col("time"))
        .filter(pl.col("duration") > 0)
    )


def total_times(frame: pl.LazyFrame) -> pl.LazyFrame:
    return frame.group_by("concurrency").agg(total_time=pl.col("duration").sum()).sort("concurrency")


def distribution(calls: pl.DataFrame) -> dict[str, Any]:
    found = total_times(with_duration(events(calls))).collect()
    return {
        "distribution": found,
        "percentiles": percentiles(found["concurrency"].to_numpy(), found["total_time"].to_numpy()),
    }


def tables(calls: pl.DataFrame) -> dict[str, Any]:
    # the last event of a time has its level; of these only those stay that change it, and the first and the last
    time, level = pl.col("time"), pl.col("concurrency")
    segments = (
        events(calls)
        .filter(time.ne_missing(time.shift(-1)))
        .filter(level.ne_missing(level.shift(1)) | time.shift(-1).is_null())
        .pipe(with_duration)
        .select("end_time", "duration", "concurrency", start_time="time")
        .collect()
    )
    found = total_times(segments.lazy()).collect()
    shares = percentiles(found["concurrency"].to_numpy(), found["total_time"].to_numpy())
    threshold = max(1, shares["active_concurrency"][1])
    spikes = segments.filter(pl.col("concurrency") >= threshold)

    starts = segments["start_time"]
    before = pl.concat([pl.Series([0], dtype=pl.UInt32), (segments["concurrency"] >= threshold).cum_sum()])
    start, end = calls["start_time"], calls["end_time"]
    pairs = before[starts.search_sorted(end, "left")].cast(pl.Int64) - before[starts.search_sorted(start, "right") - 1]
    with_pairs = calls.lazy().select(METRICS).with_columns(pairs=pairs)
    spike_tokens = pl.concat(
        with_pairs.filter(pl.col(metric) > 0).select(
            metric=pl.lit(metric),
            mean_in_spikes=(pl.col("pairs") * pl.col(metric)).sum() / pl.col("pairs").sum(),
            pairs=pl.col("pairs").sum(),
        )
        for metric in METRICS
    ).collect()

    at_middle = segments["concurrency"][starts.search_sorted((start + end) * 0.5, "right") - 1]
    latency = (
        calls.lazy()
        .select(concurrency=at_middle, duration=pl.col("end_time") - pl.col("start_time"))
        .group_by("concurrency")
        .agg(calls=pl.len(), mean_latency=pl.col("duration").mean())
        .sort("concurrency")
        .collect()
    )
    return {
        "calls": calls,
        "segments": segments,
        "distribution": found,
        "percentiles": shares,
        "threshold": threshold,
        "spikes": spikes,
        "spike_tokens": spike_tokens,
        "latency_by_concurrency": latency,
    }


def load_times(folder: Path) -> pl.DataFrame:
    return pl.DataFrame(columns(folder, TIMES))


def load_calls(folder: Path) -> pl.DataFrame:
    return pl.DataFrame(columns(folder, CALLS))


def csv_path(folder: Path) -> Path:
    return folder / "calls.csv"


def csv(path: Path) -> dict[str, Any]:
    return tables(pl.read_csv(path))


serve(
    {
        "distribution": Work(load_times, distribution, distribution_digest),
        "tables": Work(load_calls, tables, tables_digest),
        "csv": Work(csv_path, csv, tables_digest),
    }
)
