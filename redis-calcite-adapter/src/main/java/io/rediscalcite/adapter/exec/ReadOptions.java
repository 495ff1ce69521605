package io.rediscalcite.adapter.exec;

import java.time.ZoneId;

/**
 * How a scan reads.
 *
 * @param batchSize keys fetched in one pipeline at most
 * @param scanCount SCAN's COUNT
 * @param prefetch batches that are on their way from a node, or there and not yet read, at most
 * @param parallelism connections to a node that fetch keys side by side, at most
 * @param badValueIsNull true if a value that its column can't hold gives NULL, false if it fails the query
 * @param zone the zone of TIMESTAMP text that names none
 */
public record ReadOptions(
        int batchSize, int scanCount, int prefetch, int parallelism, boolean badValueIsNull, ZoneId zone) {
    ReadOptions withBatchSize(int wanted) {
        return wanted == batchSize
                ? this
                : new ReadOptions(wanted, scanCount, prefetch, parallelism, badValueIsNull, zone);
    }
}
