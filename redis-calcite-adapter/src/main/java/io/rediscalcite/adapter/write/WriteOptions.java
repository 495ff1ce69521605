package io.rediscalcite.adapter.write;

import java.time.ZoneId;

/**
 * How writes are sent.
 *
 * @param batchSize commands in one pipeline at most
 * @param inFlight pipelines under way to one node at most
 * @param retries how often a row is sent again that the server refused only for the moment
 * @param zone zone of TIMESTAMP text without an offset
 */
public record WriteOptions(int batchSize, int inFlight, int retries, ZoneId zone) {}
