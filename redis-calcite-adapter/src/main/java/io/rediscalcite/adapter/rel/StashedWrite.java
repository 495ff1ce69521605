package io.rediscalcite.adapter.rel;

import io.rediscalcite.adapter.query.WriteQuery;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.Enumerable;

/** What a plan's generated code holds of a {@link RedisTableModify}. Public because generated code calls it. */
public record StashedWrite(WriteQuery query, boolean readsWhatItWrites, WriteRunner runner) {
    /** Runs the write; the one value is the number of rows. */
    public Enumerable<Object> run(DataContext context, Enumerable<Object[]> rows) {
        return runner.write(query, readsWhatItWrites, context, rows);
    }
}
