package io.rediscalcite.adapter.exec;

import org.jspecify.annotations.Nullable;

/**
 * The next thing to ask about a key.
 *
 * @param state where the reading of the key stands, in its fetcher's own form; null at the beginning
 */
record Step(TableKey key, @Nullable Object state) {}
