"""Answers the benchmarks' questions with polars-redis: a line of JSON in, a line of JSON out. Started by benchmarks/run.

  {"question": "full_scan", "arguments": {...}}  ->  {"seconds": 6.91, "answer": "1000000 rows, sum 54012345"}

The time is that of reading the rows into a DataFrame, and of what Polars computes on it; the answer's digest is made after it.
"""
import json
import statistics
import sys
import time

import polars as pl
import polars_redis

URL = sys.argv[1]
# What takes less is run again until that is over, and its time is the median.
LEAST_SECONDS = 0.5
# The best of those that were tried on this data.
BATCH = {"batch_size": 5000, "count_hint": 1000}
TYPES = {
    "name": pl.Utf8, "email": pl.Utf8, "age": pl.Int64, "score": pl.Float64,
    "city": pl.Utf8, "active": pl.Boolean, "created": pl.Int64,
}


def users(*fields):
    schema = {field: TYPES[field] for field in fields}
    return polars_redis.scan_hashes(URL, "user:*", schema, include_key=not fields, **BATCH)


def full_scan():
    return users(*TYPES)


def two_columns():
    return users("age", "city")


def count():
    return users().select(pl.len().alias("n"))


def filter_unindexed():
    return users("name", "age", "email").filter(pl.col("age") > 80)


def group_by():
    return users("city", "age").group_by("city").agg(pl.len().alias("n").cast(pl.Int64), pl.col("age").sum())


def zset_top(key):
    return polars_redis.scan_zsets(URL, key).sort("score", descending=True).head(100).select("member", "score")


def zset_range(key, low, high):
    return (polars_redis.scan_zsets(URL, key).filter(pl.col("score").is_between(low, high))
            .select("member", "score"))


def stream_window(key, first, last):
    return polars_redis.scan_stream(URL, key, schema={"kind": pl.Utf8, "amount": pl.Int64}, start_id=str(first),
                                    end_id=str(last)).select("kind", "amount")


def time_buckets(key):
    return polars_redis.scan_timeseries(URL, key, aggregation="max", bucket_size_ms=3600000).select("_ts", "value")


def join(pattern):
    purchases = polars_redis.scan_hashes(URL, pattern, {"customer": pl.Utf8, "amount": pl.Int64}, include_key=False)
    keyed = purchases.with_columns(("user:" + pl.col("customer")).alias("_key"))
    people = polars_redis.scan_hashes(URL, "user:*", {"name": pl.Utf8}, **BATCH)
    return keyed.join(people, on="_key").select("amount", "name")


def search_group_by(index):
    return polars_redis.aggregate_hashes(URL, index, group_by=["@city"], reduce=[("COUNT", [], "n"), ("SUM", ["@age"], "s")]
                                         ).with_columns(pl.col("n", "s").cast(pl.Int64)).lazy()


def search_top(index):
    return polars_redis.search_hashes(URL, index, "*", {"name": pl.Utf8, "score": pl.Float64}, include_key=False,
                                      sort_by="score", sort_ascending=False).head(10)


def search_filter(index):
    return polars_redis.search_hashes(URL, index, "@age:[(80 +inf]", TYPES, batch_size=BATCH["batch_size"])


def digest(frame):
    """Rows, and the sum of all integers, as the Java side makes it."""
    total = sum(int(frame[name].sum() or 0) for name, kind in frame.schema.items() if kind.is_integer())
    return f"{frame.height} rows, sum {total}"


def write(rows, prefix):
    frame = pl.DataFrame({
        "_key": [f"{prefix}{i}" for i in range(rows)], "name": [f"User {i}" for i in range(rows)],
        "age": [18 + i % 73 for i in range(rows)], "city": [f"City{i % 20}" for i in range(rows)],
    })
    start = time.perf_counter()
    written = polars_redis.write_hashes(frame, URL)
    return {"seconds": time.perf_counter() - start, "answer": f"{written} written"}


def answer(question, arguments):
    if question == "write":
        return write(**arguments)
    times = []
    while sum(times) < LEAST_SECONDS:
        start = time.perf_counter()
        frame = globals()[question](**arguments).collect()
        times.append(time.perf_counter() - start)
    return {"seconds": statistics.median(times), "answer": digest(frame)}


def main():
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            reply = answer(asked["question"], asked["arguments"])
        except Exception as failure:  # whatever it is: it is the reply
            reply = {"error": f"{type(failure).__name__}: {failure}"}
        print(json.dumps(reply), flush=True)


if __name__ == "__main__":
    main()
