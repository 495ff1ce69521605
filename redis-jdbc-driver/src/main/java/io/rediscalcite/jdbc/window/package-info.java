/**
 * Window functions, computed over rows in memory.
 *
 * <p>Calcite 1.42 generates code for them that goes wrong for frames by value ({@code RANGE 1 PRECEDING}) in descending order, over
 * NULLs and over dates, for EXCLUDE, DISTINCT, NTILE and NTH_VALUE, and has none for PERCENT_RANK and CUME_DIST. So its node is
 * replaced by {@link io.rediscalcite.jdbc.window.WindowRel} when the plan is finished.
 */
@NullMarked
package io.rediscalcite.jdbc.window;

import org.jspecify.annotations.NullMarked;
