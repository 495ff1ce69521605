/** Column types, once: the SQL type of each, how its value is read from bytes and written to bytes, and what fits. */
@NullMarked
package io.rediscalcite.adapter.type;

import org.jspecify.annotations.NullMarked;
