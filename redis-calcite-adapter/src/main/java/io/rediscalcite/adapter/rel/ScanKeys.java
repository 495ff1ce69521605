package io.rediscalcite.adapter.rel;

import io.rediscalcite.adapter.query.RedisQuery;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.metadata.BuiltInMetadata;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a scan identify its rows. Calcite takes a table's own keys for those of any scan of it, but a scan that
 * has absorbed a projection has its columns elsewhere: so the table states no keys, and this does.
 *
 * @param keyColumn position in the table of the column that alone identifies a row
 */
public record ScanKeys(int keyColumn) {
    /**
     * Calcite's handler for a scan's keys.
     *
     * @return null for any other type
     */
    public <C> @Nullable C handler(Class<C> type) {
        if (type == BuiltInMetadata.UniqueKeys.Handler.class) {
            BuiltInMetadata.UniqueKeys.Handler handler = (scan, mq, ignoreNulls) -> keys(scan);
            return type.cast(handler);
        }
        if (type == BuiltInMetadata.ColumnUniqueness.Handler.class) {
            BuiltInMetadata.ColumnUniqueness.Handler handler =
                    (scan, mq, columns, ignoreNulls) -> keys(scan).stream().anyMatch(columns::contains);
            return type.cast(handler);
        }
        return null;
    }

    private Set<ImmutableBitSet> keys(RelNode scan) {
        int position = query(scan).columns().indexOf(keyColumn);
        return position < 0 ? Set.of() : Set.of(ImmutableBitSet.of(position));
    }

    private static RedisQuery query(RelNode scan) {
        return scan instanceof RedisScan physical ? physical.query() : ((RedisLogicalScan) scan).query();
    }
}
