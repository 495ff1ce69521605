package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.query.FetchPlan;
import io.rediscalcite.adapter.query.KeyRead;
import io.rediscalcite.adapter.query.RedisQuery;

/** The fetcher of each way to read a key. */
final class KeyFetchers {
    private KeyFetchers() {}

    /** @param cluster whether keys of several slots can't be in one command */
    static KeyFetcher of(RedisQuery query, RowMaker rows, boolean cluster) {
        FetchPlan plan = query.fetchPlan();
        KeyRead read = plan.read();
        if (read instanceof KeyRead.HashFields fields) {
            return new HashFetcher(rows, plan, fields);
        }
        if (read instanceof KeyRead.StringValue) {
            return new StringFetcher(rows, plan, cluster);
        }
        if (read instanceof KeyRead.JsonPaths paths) {
            return new JsonFetcher(rows, plan, paths);
        }
        if (read instanceof KeyRead.SetMembers || read instanceof KeyRead.ZsetMembers) {
            return new ScanFetcher(rows, plan, read instanceof KeyRead.ZsetMembers);
        }
        if (read instanceof KeyRead.SetLookup || read instanceof KeyRead.ZsetLookup) {
            return new MemberFetcher(rows, plan);
        }
        if (read instanceof KeyRead.ListElements) {
            return new ListFetcher(rows, plan);
        }
        if (read instanceof KeyRead.ZsetRanks) {
            return new RankFetcher(rows, plan);
        }
        if (read instanceof KeyRead.ZsetScores scores) {
            return new ScoreFetcher(rows, plan, scores);
        }
        if (read instanceof KeyRead.StreamEntries) {
            return new StreamFetcher(rows, plan, query.outputColumns());
        }
        if (read instanceof KeyRead.Samples samples) {
            return new SampleFetcher(rows, plan, samples);
        }
        if (read instanceof KeyRead.Summary summary) {
            return new SummaryFetcher(rows, plan, summary);
        }
        if (read instanceof KeyRead.Buckets buckets) {
            return new BucketFetcher(rows, plan, buckets);
        }
        return new ExistenceFetcher(rows, plan);
    }
}
