package io.rediscalcite.benchmarks;

import io.rediscalcite.benchmarks.cases.BatchInsert;
import io.rediscalcite.benchmarks.cases.BoundedHeap;
import io.rediscalcite.benchmarks.cases.ClusterScan;
import io.rediscalcite.benchmarks.cases.CountAll;
import io.rediscalcite.benchmarks.cases.FirstRow;
import io.rediscalcite.benchmarks.cases.KeyLookup;
import io.rediscalcite.benchmarks.cases.LookupJoin;
import io.rediscalcite.benchmarks.cases.Planning;
import io.rediscalcite.benchmarks.cases.Searched;
import io.rediscalcite.benchmarks.cases.SortedSetRead;
import io.rediscalcite.benchmarks.cases.StreamWindow;
import io.rediscalcite.benchmarks.cases.ThousandKeys;
import io.rediscalcite.benchmarks.cases.TimeBuckets;
import io.rediscalcite.benchmarks.cases.UsersRead;
import io.rediscalcite.benchmarks.measure.Case;
import java.util.List;

/** All cases, in the order of the tables. A new one is a class in {@code cases} and a line here. */
final class Cases {
    /** Those of every run. */
    static final List<Case<Stage>> STANDARD = List.of(
            UsersRead.fullScan(),
            UsersRead.twoColumns(),
            new CountAll(),
            UsersRead.filter(),
            UsersRead.groupBy(),
            new KeyLookup(),
            new ThousandKeys(),
            SortedSetRead.top(),
            SortedSetRead.range(),
            new StreamWindow(),
            new TimeBuckets(),
            new LookupJoin(),
            new FirstRow(),
            new Planning(),
            new BoundedHeap(false),
            new ClusterScan(),
            new BatchInsert(),
            Searched.groupBy(),
            Searched.top(),
            Searched.filter());

    /** What takes minutes more, for {@code --large}. */
    static final List<Case<Stage>> LARGE = List.of(new BoundedHeap(true));

    private Cases() {}
}
