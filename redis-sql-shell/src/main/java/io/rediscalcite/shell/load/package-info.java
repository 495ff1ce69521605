/** Files into tables: rows of CSV and JSON, written in batches, with the truth about each. */
@NullMarked
package io.rediscalcite.shell.load;

import org.jspecify.annotations.NullMarked;
