package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Redirect;
import io.rediscalcite.adapter.error.RedisSqlException;

/**
 * A step that a cluster's node sent elsewhere.
 *
 * @param refusal what the node said, as an exception
 */
record Stray(Step step, Redirect redirect, RedisSqlException refusal) {}
