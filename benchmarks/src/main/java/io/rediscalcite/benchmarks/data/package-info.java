/** The servers that are measured, and what is in them. */
@NullMarked
package io.rediscalcite.benchmarks.data;

import org.jspecify.annotations.NullMarked;
