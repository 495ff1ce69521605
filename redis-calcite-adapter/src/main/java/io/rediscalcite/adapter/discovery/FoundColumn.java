package io.rediscalcite.adapter.discovery;

import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.type.InferredType;
import org.jspecify.annotations.Nullable;

/**
 * A column that a table's keys or a search index have, before the table's layout gives it a free name.
 *
 * @param index name of the search index that told the type; null where sampling did
 * @param sampled null if no value was met
 */
record FoundColumn(Column column, @Nullable String index, @Nullable InferredType sampled) {}
