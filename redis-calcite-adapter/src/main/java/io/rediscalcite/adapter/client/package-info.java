/** How bytes travel: connections, pipelines and replies. The only package that imports Redisson or Netty. */
@NullMarked
package io.rediscalcite.adapter.client;

import org.jspecify.annotations.NullMarked;
