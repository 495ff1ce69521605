/**
 * Redis as Calcite tables: the map of the house.
 *
 * <p>A query walks through the rooms once, front to back, and no room looks back.
 *
 * <pre>
 * model -&gt; schema/table -&gt; query -&gt; rel + rules -&gt; exec -&gt; client
 *  what     what exists    what     where it sits  how it   how bytes
 *  the user                to ask   in the plan    runs     travel
 *  said
 * </pre>
 *
 * <dl>
 *   <dt>this package
 *   <dd>{@link io.rediscalcite.adapter.RedisSchemaFactory}, {@link io.rediscalcite.adapter.RedisSchema} and {@link
 *       io.rediscalcite.adapter.RedisTable}: what Calcite sees; {@link io.rediscalcite.adapter.RedisDatabase}: a connected Redis. May
 *       import every room.
 *   <dt>{@link io.rediscalcite.adapter.error}
 *   <dd>The one exception, whose message is written for the user, and its SQLStates. Every room may throw it.
 *   <dt>{@link io.rediscalcite.adapter.model}
 *   <dd>What the user declared: URL and properties, tables, columns, key patterns; the parsers and their errors.
 *   <dt>{@link io.rediscalcite.adapter.type}
 *   <dd>Column types, once: SQL type, decode from bytes, encode to bytes, what fits, and which type a sample suggests.
 *   <dt>{@link io.rediscalcite.adapter.discovery}
 *   <dd>Tables, columns and row counts found by sampling the keyspace.
 *   <dt>{@link io.rediscalcite.adapter.query}
 *   <dd>{@link io.rediscalcite.adapter.query.RedisQuery}: one immutable value that says what to ask: which keys, which columns, how
 *       many rows, and so which commands.
 *   <dt>{@link io.rediscalcite.adapter.search}
 *   <dd>What a search index may answer: its definition, whether it can be trusted now, and conditions and groups as its
 *       commands.
 *   <dt>{@link io.rediscalcite.adapter.rel}
 *   <dd>Where a query sits in a plan: one logical scan that carries it, one physical scan that runs it, and the join that
 *       looks keys up.
 *   <dt>{@link io.rediscalcite.adapter.rules}
 *   <dd>What pours filters, projections, aggregates' inputs and limits into a scan's query; the one reader of conditions.
 *   <dt>{@link io.rediscalcite.adapter.exec}
 *   <dd>How a query runs: a reader a node, a batch of keys at a time, a fetcher for each way to read a key; cancel, deadline,
 *       limit.
 *   <dt>{@link io.rediscalcite.adapter.write}
 *   <dd>How rows are written: a writer a type makes one command of each, whole or not at all; a session sends them in pipelines
 *       and keeps the truth about each key.
 *   <dt>{@link io.rediscalcite.adapter.system}
 *   <dd>The schema {@code system}: what the server and the schemas say of themselves. Small tables, each read whole by a
 *       command or two; its {@code keys} is a query like any other.
 *   <dt>{@link io.rediscalcite.adapter.client}
 *   <dd>How bytes travel: connections through Redisson, pipelines and replies of our own. Alone in knowing Redisson and
 *       Netty.
 * </dl>
 *
 * <p>{@code RoomsTest} holds who may import whom.
 */
@NullMarked
package io.rediscalcite.adapter;

import org.jspecify.annotations.NullMarked;
