@org.jspecify.annotations.NullMarked
package io.rediscalcite.jdbc.function;
