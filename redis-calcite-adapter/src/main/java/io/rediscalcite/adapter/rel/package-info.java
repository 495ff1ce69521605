/** Where a query sits in a plan: one logical scan that carries a {@code RedisQuery}, one physical scan that runs it. */
@NullMarked
package io.rediscalcite.adapter.rel;

import org.jspecify.annotations.NullMarked;
