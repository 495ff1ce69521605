/**
 * The command {@code redis-sql}: statements from the command line, a file or a pipe, the interactive shell, and the demo.
 * It uses the JDBC driver through {@code java.sql} only.
 */
@NullMarked
package io.rediscalcite.shell;

import org.jspecify.annotations.NullMarked;
