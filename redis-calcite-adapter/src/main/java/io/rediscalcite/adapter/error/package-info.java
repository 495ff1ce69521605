/** The one exception of the adapter and the SQLStates it can carry. Every room may throw it; it imports nothing of ours. */
@NullMarked
package io.rediscalcite.adapter.error;

import org.jspecify.annotations.NullMarked;
