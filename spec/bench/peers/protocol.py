"""What a peer is: `peer FOLDER WORK ROUNDS` reads its input in the folder, does the work and prints a line of JSON."""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np


class Work(NamedTuple):
    """`load` and `digest` are not measured, `run` is."""

    load: Callable[[Path], Any]
    run: Callable[[Any], Any]
    digest: Callable[[Any], dict[str, Any]]


# warming up takes this long, or so many rounds, or one if that takes longer or only one round is to be measured
WARM_SECONDS = 6
WARM_MOST = 20


def serve(works: dict[str, Work]) -> None:
    """Does the work that the command line asks for: a warm-up, then the rounds."""
    folder, rounds = Path(sys.argv[1]), int(sys.argv[3])
    work = works[sys.argv[2]]
    given = work.load(folder)
    loaded_mb = status_mb("VmRSS")
    begun = time.perf_counter()
    work.run(given)
    peak_mb = status_mb("VmHWM")
    for _ in range(1, WARM_MOST if rounds > 1 else 1):
        if time.perf_counter() - begun > WARM_SECONDS:
            break
        work.run(given)

    cpu, wall = [], []
    output = None
    for _ in range(rounds):
        output = None  # frees the last round's
        cpu_before, wall_before = time.process_time(), time.perf_counter()
        output = work.run(given)
        cpu.append(time.process_time() - cpu_before)
        wall.append(time.perf_counter() - wall_before)
    result = {name: plain(value) for name, value in work.digest(output).items()}
    print(json.dumps({"cpu": cpu, "wall": wall, "peak_mb": peak_mb, "loaded_mb": loaded_mb, "result": result}))


def status_mb(field: str) -> float:
    """VmRSS is the memory resident now, VmHWM the most that ever was (what getrusage has may be the parent's)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(field)) * 1024 / 1e6


def plain(value: Any) -> Any:
    """A number or a list of numbers, as JSON has them."""
    array = np.asarray(value)
    return array.tolist() if array.ndim else array.item()


def columns(folder: Path, names: tuple[str, ...]) -> dict[str, np.ndarray]:
    """Columns as they lie in the folder."""
    return {name: np.fromfile(folder / f"{name}.f64") for name in names}


TIMES = ("start_time", "end_time")
CALLS = (*TIMES, "prompt_tokens", "total_tokens")
PERCENTILES = (50, 90, 95, 99)
METRICS = ("prompt_tokens", "total_tokens")


def percentile(levels: np.ndarray, times: np.ndarray, p: float) -> int:
    """The first level, ascending, whose running total reaches p percent of all time."""
    reached = np.searchsorted(np.cumsum(times), p * 0.01 * times.sum())
    return int(levels[min(reached, len(levels) - 1)])


def percentiles(levels: np.ndarray, times: np.ndarray) -> dict[str, list[int]]:
    """The percentiles table of a distribution, which has a row for each level: with idle time, and without."""
    busy = levels > 0
    return {
        "concurrency": [percentile(levels, times, p) for p in PERCENTILES],
        "active_concurrency": [percentile(levels[busy], times[busy], p) for p in PERCENTILES],
    }


def distribution_digest(found: dict[str, Any]) -> dict[str, Any]:
    return {
        "levels": found["distribution"]["concurrency"],
        "total_time": found["distribution"]["total_time"],
        "percentiles": found["percentiles"]["concurrency"],
    }


def tables_digest(found: dict[str, Any]) -> dict[str, Any]:
    """Of tables as numpy, pandas and Polars have them: anything that gives a column by its name."""
    duration, concurrency = (np.asarray(found["segments"][name]) for name in ("duration", "concurrency"))
    spike_tokens, latency = found["spike_tokens"], found["latency_by_concurrency"]
    return {
        **distribution_digest(found),
        "segments": len(duration),
        "load": (duration * concurrency).sum(),
        "active_percentiles": found["percentiles"]["active_concurrency"],
        "threshold": found["threshold"],
        "spikes": len(found["spikes"]["duration"]),
        "spike_time": np.asarray(found["spikes"]["duration"]).sum(),
        "token_means": spike_tokens["mean_in_spikes"],
        "token_pairs": spike_tokens["pairs"],
        "latency_levels": latency["concurrency"],
        "latency_calls": latency["calls"],
        "latency_means": latency["mean_latency"],
    }
