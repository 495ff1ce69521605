package io.rediscalcite.adapter.exec;

import org.jspecify.annotations.Nullable;

/** Takes what a fetcher makes of replies. */
interface RowSink {
    /** A row of the key that is being read. */
    void row(@Nullable Object[] row);

    /** The key needs another step; without one it is done. */
    void again(Step step);
}
