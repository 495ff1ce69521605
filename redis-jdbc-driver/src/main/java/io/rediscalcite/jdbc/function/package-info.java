/** SQL functions as PostgreSQL defines them, where Calcite's own answer otherwise. Generated code calls them. */
@NullMarked
package io.rediscalcite.jdbc.function;

import org.jspecify.annotations.NullMarked;
