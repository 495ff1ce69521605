/** Those who are measured beside this project: a bare client, polars-redis, and Calcite without an adapter's help. */
@NullMarked
package io.rediscalcite.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
