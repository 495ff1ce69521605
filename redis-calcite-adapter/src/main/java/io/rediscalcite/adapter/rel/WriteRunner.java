package io.rediscalcite.adapter.rel;

import io.rediscalcite.adapter.model.ConnectionSpec.OnConflict;
import io.rediscalcite.adapter.query.WriteQuery;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.Enumerable;

/** A table that can be written: what a plan's {@link RedisTableModify} asks to run its {@link WriteQuery}. */
public interface WriteRunner {
    /** What an INSERT does with a row that is there, where the statement doesn't say. */
    OnConflict defaultOnConflict();

    /**
     * Writes the rows; the one value that comes is how many there were.
     *
     * @param readsWhatItWrites whether what is written may come up again in {@code rows}, so that they must all be read first
     */
    Enumerable<Object> write(
            WriteQuery query, boolean readsWhatItWrites, DataContext context, Enumerable<Object[]> rows);
}
