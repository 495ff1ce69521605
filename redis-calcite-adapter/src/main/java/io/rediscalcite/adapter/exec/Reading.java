package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.query.RedisQuery;

/**
 * What all readers of one run of a query have in common.
 *
 * @param cluster whether keys of several slots can't be in one command
 */
record Reading(
        RedisQuery query,
        KeySelector selector,
        Execution execution,
        RowBudget budget,
        ReadOptions options,
        boolean cluster) {}
