/**
 * What the user declared: the connection, the tables, their columns and key patterns, and the parsers that read them from
 * a URL, from properties and from the operands of a Calcite model.
 *
 * <p>{@code Declared…} records hold what was written, with gaps; {@link io.rediscalcite.adapter.model.TableDefinition} is a
 * table with every gap filled. Imports nothing of ours but the exception.
 */
@NullMarked
package io.rediscalcite.adapter.model;

import org.jspecify.annotations.NullMarked;
