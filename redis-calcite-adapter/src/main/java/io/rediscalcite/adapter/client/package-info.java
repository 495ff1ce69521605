/**
 * How bytes travel: connections, pipelines and replies. The only package that imports Redisson or Netty.
 *
 * <p>{@link RedisClient} finds out what the servers are (one, a cluster, a master behind sentinels) and leases connections
 * to their nodes. Whoever holds a {@link RedisLink} sends {@link Commands}, a whole pipeline in one write, and awaits its
 * {@link Replies}: flat tokens over the bytes as they came, read by a cursor without an object for each value. Redisson
 * opens a connection, with TLS, credentials and database; then {@code RedisChannel}, a handler before Redisson's own, takes
 * over its Netty channel. A scan of a million hashes costs a few percent more than the server's own work that way.
 */
@NullMarked
package io.rediscalcite.adapter.client;

import org.jspecify.annotations.NullMarked;
