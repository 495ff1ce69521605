/**
 * What a search index may answer: its definition as FT.INFO tells it, whether it can be trusted now, and conditions as query
 * text.
 *
 * <p>A condition becomes query text that is exact, or finds more rows than it should and never fewer, or nothing at all.
 */
@NullMarked
package io.rediscalcite.adapter.search;

import org.jspecify.annotations.NullMarked;
