/** What a measurement is: who was asked, what was counted, what is to be reached. Knows no server. */
@NullMarked
package io.rediscalcite.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
