/** What was measured, for people: tables on the terminal, and the page docs/performance.md. */
@NullMarked
package io.rediscalcite.benchmarks.report;

import org.jspecify.annotations.NullMarked;
