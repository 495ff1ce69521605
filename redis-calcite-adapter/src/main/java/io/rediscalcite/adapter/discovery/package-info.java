/** Tables and columns found by sampling the keyspace. */
@NullMarked
package io.rediscalcite.adapter.discovery;

import org.jspecify.annotations.NullMarked;
