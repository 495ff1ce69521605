/** Rules that pour filters, projections and limits into the scan's query, and the predicate splitter they share. */
@NullMarked
package io.rediscalcite.adapter.rules;

import org.jspecify.annotations.NullMarked;
