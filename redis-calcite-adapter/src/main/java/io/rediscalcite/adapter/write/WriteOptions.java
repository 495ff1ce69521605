package io.rediscalcite.adapter.write;

import java.time.ZoneId;

/**
 * How writes are sent.
 *
 * @param batchSize commands in one pipeline at most
 * @param inFlight pipelines under way to one node at most
 * @param zone zone of TIMESTAMP text without an offset
 */
public record WriteOptions(int batchSize, int inFlight, ZoneId zone) {}
