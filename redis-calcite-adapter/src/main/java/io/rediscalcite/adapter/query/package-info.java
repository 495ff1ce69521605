/** What to ask of Redis: one immutable value, {@code RedisQuery}. No planner and no client in it. */
@NullMarked
package io.rediscalcite.adapter.query;

import org.jspecify.annotations.NullMarked;
