/**
 * The JDBC driver: URL, properties, statements, metadata, errors. It holds no Redis command.
 *
 * <p>A statement goes through {@link io.rediscalcite.jdbc.RedisPrepare} (Calcite's planner with PostgreSQL's habits) and {@link
 * io.rediscalcite.jdbc.Execution} (one run, with its cancel flag and deadline) to a {@link
 * io.rediscalcite.jdbc.RedisResultSet} that pulls its rows.
 * Whatever fails on the way becomes an {@link java.sql.SQLException} in {@link io.rediscalcite.jdbc.SqlErrors}.
 */
@NullMarked
package io.rediscalcite.jdbc;

import org.jspecify.annotations.NullMarked;
