package io.rediscalcite.adapter.exec;

import java.time.ZoneId;

/**
 * How a scan reads.
 *
 * @param batchSize keys fetched in one pipeline at most
 * @param scanCount SCAN's COUNT
 * @param badValueIsNull true if a value that its column can't hold gives NULL, false if it fails the query
 * @param zone the zone of TIMESTAMP text that names none
 */
public record ReadOptions(int batchSize, int scanCount, boolean badValueIsNull, ZoneId zone) {}
