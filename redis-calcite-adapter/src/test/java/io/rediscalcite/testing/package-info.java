/** A real Redis server for tests, and an eye on it that shares no code with the product. */
@NullMarked
package io.rediscalcite.testing;

import org.jspecify.annotations.NullMarked;
