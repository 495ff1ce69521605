/** The rows of a result as text: a table, CSV, JSON, or one line a column. Rows are written as they come. */
@NullMarked
package io.rediscalcite.shell.format;

import org.jspecify.annotations.NullMarked;
