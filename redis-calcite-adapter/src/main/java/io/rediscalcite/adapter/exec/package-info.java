/** How a query runs: batches of keys, read and decoded, under a limit, a deadline and a cancel flag. */
@NullMarked
package io.rediscalcite.adapter.exec;

import org.jspecify.annotations.NullMarked;
