package io.rediscalcite.jdbc;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A pattern of {@link java.sql.DatabaseMetaData}: {@code _} is one character, {@code %} any, {@code \} escapes; case counts for nothing. */
final class NamePattern {
    /** The escape character. */
    static final String ESCAPE = "\\";

    private NamePattern() {}

    /** What {@code pattern} matches; null matches all. */
    static Predicate<String> of(@Nullable String pattern) {
        if (pattern == null) {
            return name -> true;
        }
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '%') {
                regex.append(".*");
            } else if (c == '_') {
                regex.append('.');
            } else {
                boolean escaped = c == '\\' && i + 1 < pattern.length();
                regex.append(Pattern.quote(String.valueOf(escaped ? pattern.charAt(++i) : c)));
            }
        }
        int flags = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL;
        return Pattern.compile(regex.toString(), flags).asMatchPredicate();
    }

    /** What a name that is no pattern matches; null matches all. */
    static Predicate<String> exactly(@Nullable String name) {
        return name == null ? any -> true : name::equalsIgnoreCase;
    }
}
