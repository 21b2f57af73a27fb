"""DuckDB: window functions over sorted events, ASOF joins of calls with segments, as many threads as it likes."""

from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from protocol import (
    CALLS,
    PERCENTILES,
    TIMES,
    Work,
    columns,
    distribution_digest,
    serve,
    tables_digest,
)

SEGMENTS = """
    CREATE OR REPLACE TEMP TABLE segments AS
    WITH events AS (
        SELECT start_time AS time, 1 AS change FROM calls
        UNION ALL
        SELECT end_time, -1 FROM calls
    ), times AS (
        SELECT time, sum(change)::INTEGER AS change FROM events GROUP BY time
    ), borders AS (
        SELECT time, change FROM times
        WHERE change <> 0 OR time IN ((SELECT min(time) FROM times), (SELECT max(time) FROM times))
    )
    SELECT
        time AS start_time,
        lead(time) OVER by_time AS end_time,
        end_time - start_time AS duration,
        sum(change) OVER (by_time ROWS UNBOUNDED PRECEDING)::INTEGER AS concurrency
    FROM borders
    WINDOW by_time AS (ORDER BY time)
    QUALIFY end_time IS NOT NULL
    ORDER BY start_time
"""

DISTRIBUTION = """
    CREATE OR REPLACE TEMP TABLE distribution AS
    SELECT concurrency, sum(duration) AS total_time FROM segments GROUP BY concurrency ORDER BY concurrency
"""

PERCENTILES_TABLE = f"""
    CREATE OR REPLACE TEMP TABLE percentiles AS
    WITH running AS (
        SELECT
            concurrency,
            sum(total_time) OVER (ORDER BY concurrency) AS reached,
            sum(total_time) FILTER (concurrency > 0) OVER (ORDER BY concurrency) AS active_reached,
            sum(total_time) OVER () AS total,
            sum(total_time) FILTER (concurrency > 0) OVER () AS active_total
        FROM distribution
    )
    SELECT
        p AS percentile,
        min(concurrency) FILTER (reached >= p * 0.01 * total) AS concurrency,
        min(concurrency) FILTER (active_reached >= p * 0.01 * active_total) AS active_concurrency
    FROM running, unnest({list(map(float, PERCENTILES))}) AS wanted(p)
    GROUP BY p ORDER BY p
"""

SPIKES = """
    CREATE OR REPLACE TEMP TABLE spikes AS
    SELECT * FROM segments
    WHERE concurrency >= (SELECT greatest(1, active_concurrency) FROM percentiles WHERE percentile = 90)
    ORDER BY start_time
"""

# a call belongs to the spikes that began before its end, but for those that had ended by its start
SPIKE_TOKENS = """
    CREATE OR REPLACE TEMP TABLE spike_tokens AS
    WITH numbered AS (
        SELECT start_time, end_time, row_number() OVER (ORDER BY start_time) AS number FROM spikes
    ), pairs AS (
        SELECT
            prompt_tokens,
            total_tokens,
            coalesce(begun.number, 0) - coalesce(ended.number, 0) AS pairs
        FROM calls
        ASOF LEFT JOIN numbered AS begun ON calls.end_time > begun.start_time
        ASOF LEFT JOIN numbered AS ended ON calls.start_time >= ended.end_time
    )
    SELECT
        metric,
        sum(tokens * pairs) / sum(pairs) AS mean_in_spikes,
        sum(pairs)::BIGINT AS pairs
    FROM (UNPIVOT pairs ON prompt_tokens, total_tokens INTO NAME metric VALUE tokens)
    WHERE tokens > 0
    GROUP BY metric ORDER BY metric
"""

LATENCY = """
    CREATE OR REPLACE TEMP TABLE latency_by_concurrency AS
    SELECT concurrency, count(*) AS calls, avg(calls.end_time - calls.start_time) AS mean_latency
    FROM calls ASOF JOIN segments ON 0.5 * (calls.start_time + calls.end_time) >= segments.start_time
    GROUP BY concurrency ORDER BY concurrency
"""

TABLES = ("segments", "distribution", "percentiles", "spikes", "spike_tokens", "latency_by_concurrency")


def distribution(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    for query in (SEGMENTS, DISTRIBUTION, PERCENTILES_TABLE):
        connection.execute(query)
    return connection


def tables(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    for query in (SEGMENTS, DISTRIBUTION, PERCENTILES_TABLE, SPIKES, SPIKE_TOKENS, LATENCY):
        connection.execute(query)
    return connection


def csv(path: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE calls AS FROM read_csv('{path}')")
    return tables(connection)


def fetched(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    known = {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    found: dict[str, Any] = {
        name: connection.execute(f"FROM {name}").fetchnumpy() for name in TABLES if name in known
    }
    return {**found, "threshold": max(1, found["percentiles"]["active_concurrency"][1])}


def loaded(folder: Path, names: tuple[str, ...]) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    given: dict[str, np.ndarray] = columns(folder, names)  # DuckDB finds it by its name
    connection.execute("CREATE TABLE calls AS FROM given")
    return connection


def load_times(folder: Path) -> duckdb.DuckDBPyConnection:
    return loaded(folder, TIMES)


def load_calls(folder: Path) -> duckdb.DuckDBPyConnection:
    return loaded(folder, CALLS)


def csv_path(folder: Path) -> Path:
    return folder / "calls.csv"


serve(
    {
        "distribution": Work(load_times, distribution, lambda done: distribution_digest(fetched(done))),
        "tables": Work(load_calls, tables, lambda done: tables_digest(fetched(done))),
        "csv": Work(csv_path, csv, lambda done: tables_digest(fetched(done))),
    }
)
