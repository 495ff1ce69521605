@org.jspecify.annotations.NullMarked
package io.rediscalcite.jdbc.statement;
