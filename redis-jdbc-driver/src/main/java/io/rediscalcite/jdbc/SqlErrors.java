package io.rediscalcite.jdbc;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import io.rediscalcite.adapter.error.WriteException;
import io.rediscalcite.adapter.model.ClosestNames;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.DateTimeUtils;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Turns whatever was thrown into one {@link SQLException} with an SQLState and a message for the user. */
final class SqlErrors {
    private static final Pattern NO_TABLE = Pattern.compile("(?:Object|Table) '(.*?)' not found.*", Pattern.DOTALL);
    private static final Pattern NO_NUMBER = Pattern.compile("(?s)For input string: \"(.*)\".*");
    private static final String TOO_DEEP =
            "the statement is nested too deeply to be planned; write long chains of AND or OR as IN, or join with VALUES";
    private static final String TOO_LONG =
            "the statement's expressions are too long to be compiled; write long chains of AND or OR as IN, or join with VALUES";
    private static final Supplier<Collection<String>> NO_NAMES = Collections::emptyList;

    private SqlErrors() {}

    /** What {@code thrown} says to the user. An {@link SQLException} stays itself. */
    static SQLException of(Throwable thrown) {
        return of(thrown, NO_NAMES);
    }

    /**
     * As {@link #of(Throwable)}.
     *
     * @param tables names of the tables that there are, asked for only where one wasn't found
     */
    static SQLException of(Throwable thrown, Supplier<Collection<String>> tables) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable cause = thrown; cause != null && seen.add(cause); cause = cause.getCause()) {
            if (cause instanceof SQLException exception) {
                if (exception.getSQLState() != null) {
                    return exception;
                }
                if (exception.getCause() == null) {
                    return exception(SqlState.BAD_VALUE, message(exception), exception);
                }
            }
            if (cause instanceof WriteException exception) {
                Throwable why = exception.getCause();
                return new RedisWriteException(
                        exception, why == null ? exception(exception.state(), message(exception)) : of(why, tables));
            }
            if (cause instanceof RedisSqlException exception) {
                return exception(exception.state(), message(exception), thrown);
            }
            if (cause instanceof StackOverflowError || isOverflowOfParser(cause)) {
                return exception(SqlState.INVALID_STATEMENT, TOO_DEEP, thrown);
            }
            if (message(cause).startsWith("Code grows beyond 64 KB")) {
                return exception(SqlState.INVALID_STATEMENT, TOO_LONG, thrown);
            }
            if (cause instanceof SqlParseException exception) {
                return exception(SqlState.INVALID_STATEMENT, SyntaxErrors.message(exception), thrown);
            }
            if (cause instanceof CalciteContextException exception) {
                return invalid(exception, tables, thrown);
            }
        }
        return unknown(thrown);
    }

    /** The parser wraps what it stumbles over, and has no words for it. */
    private static boolean isOverflowOfParser(Throwable cause) {
        return cause instanceof SqlParseException && cause.getMessage() == null;
    }

    private static SQLException unknown(Throwable thrown) {
        if (thrown instanceof RelOptPlanner.CannotPlanException) {
            return exception(SqlState.FEATURE_NOT_SUPPORTED, "no plan was found for this statement", thrown);
        }
        Throwable root = thrown;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String message = message(root);
        if (root instanceof ArithmeticException && message.equals("/ by zero")) {
            return exception(SqlState.BAD_VALUE, "division by zero", thrown);
        }
        Matcher number = NO_NUMBER.matcher(message);
        if (root instanceof NumberFormatException && number.matches()) {
            return exception(SqlState.BAD_VALUE, "the text '" + number.group(1) + "' is not a number", thrown);
        }
        if (root instanceof ArithmeticException || root instanceof NumberFormatException) {
            return exception(SqlState.BAD_VALUE, message, thrown);
        }
        if (root instanceof IllegalStateException && message.startsWith("more than one value in agg SINGLE_VALUE")) {
            return exception(
                    SqlState.CARDINALITY, "more than one row returned by a subquery used as an expression", thrown);
        }
        if (root instanceof IllegalArgumentException && isThrownBy(root, DateTimeUtils.class)) {
            return exception(SqlState.BAD_VALUE, lowerFirst(message), thrown);
        }
        if (root instanceof CalciteException) {
            return exception(SqlState.INVALID_STATEMENT, message, thrown);
        }
        if (root instanceof UnsupportedOperationException) {
            return exception(SqlState.FEATURE_NOT_SUPPORTED, "not supported: " + message, thrown);
        }
        return exception(
                SqlState.INTERNAL,
                "internal error: " + message.lines().findFirst().orElse(message),
                thrown);
    }

    /** The library that reads dates and times refuses a text as it would a wrong call. */
    private static boolean isThrownBy(Throwable thrown, Class<?> thrower) {
        StackTraceElement[] trace = thrown.getStackTrace();
        return trace.length > 0 && trace[0].getClassName().equals(thrower.getName());
    }

    private static SQLException invalid(
            CalciteContextException exception, Supplier<Collection<String>> tables, Throwable thrown) {
        Throwable detail = exception.getCause();
        String text = detail == null ? message(exception) : message(detail);
        String place = exception.getPosLine() > 0 ? place(exception.getPosLine(), exception.getPosColumn()) : "";
        Matcher noTable = NO_TABLE.matcher(text);
        if (noTable.matches()) {
            String name = noTable.group(1);
            List<String> closest = ClosestNames.of(name, tables.get());
            String hint = closest.isEmpty() ? "" : "; closest tables: " + String.join(", ", closest);
            return exception(SqlState.NO_SUCH_TABLE, place + "table '" + name + "' not found" + hint, thrown);
        }
        return exception(SqlState.INVALID_STATEMENT, place + lowerFirst(text), thrown);
    }

    /** {@code line 1, column 8: }. */
    static String place(SqlParserPos position) {
        return position.getLineNum() == 0 ? "" : place(position.getLineNum(), position.getColumnNum());
    }

    private static String place(int line, int column) {
        return "line " + line + ", column " + column + ": ";
    }

    private static String lowerFirst(String text) {
        // Not where an acronym starts the sentence.
        boolean word = text.length() > 1 && Character.isLowerCase(text.charAt(1));
        return word ? text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1) : text;
    }

    private static String message(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null || message.isEmpty() ? thrown.getClass().getSimpleName() : message;
    }

    /** An exception of the subclass that JDBC has for {@code state}. */
    static SQLException exception(SqlState state, String message, @Nullable Throwable cause) {
        String code = state.code();
        return switch (state) {
            case TIMEOUT -> new SQLTimeoutException(message, code, cause);
            case FEATURE_NOT_SUPPORTED -> new SQLFeatureNotSupportedException(message, code, cause);
            case BAD_CREDENTIALS -> new SQLInvalidAuthorizationSpecException(message, code, cause);
            case CANNOT_CONNECT, CONNECTION_LOST -> new SQLNonTransientConnectionException(message, code, cause);
            case INVALID_STATEMENT, NO_SUCH_TABLE -> new SQLSyntaxErrorException(message, code, cause);
            default -> new SQLException(message, code, cause);
        };
    }

    static SQLException exception(SqlState state, String message) {
        return exception(state, message, null);
    }

    static SQLException notSupported(String what) {
        return exception(SqlState.FEATURE_NOT_SUPPORTED, what + " is not supported");
    }
}
