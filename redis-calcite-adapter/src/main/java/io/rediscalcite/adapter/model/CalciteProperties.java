package io.rediscalcite.adapter.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.sql.fun.SqlLibrary;

/** Calcite's own connection properties, which are passed on to it: their names, in any case, and their values. */
final class CalciteProperties {
    private CalciteProperties() {}

    /** Calcite's property of this name; empty if there is none, or one of ours has taken the name. */
    static Optional<CalciteConnectionProperty> ofName(String name) {
        return Arrays.stream(CalciteConnectionProperty.values())
                .filter(property -> property.camelName().equalsIgnoreCase(name) && !isOurs(property))
                .findFirst();
    }

    /** All names, as Calcite writes them. */
    static List<String> names() {
        return Arrays.stream(CalciteConnectionProperty.values())
                .filter(property -> !isOurs(property))
                .map(CalciteConnectionProperty::camelName)
                .toList();
    }

    private static boolean isOurs(CalciteConnectionProperty property) {
        return ConnectionProperty.ofName(property.camelName()).isPresent();
    }

    /** @throws IllegalArgumentException with a message for the user, if Calcite would refuse the value */
    static void check(CalciteConnectionProperty property, String value) {
        List<String> words = words(property);
        boolean good =
                switch (property.type()) {
                    case BOOLEAN, ENUM -> words.stream().anyMatch(value::equalsIgnoreCase);
                    case NUMBER -> value.matches("[0-9]{1,9}");
                    case STRING, PLUGIN -> true;
                };
        if (!good) {
            throw new IllegalArgumentException("the connection property " + property.camelName() + " can't be '" + value
                    + "': expected " + (words.isEmpty() ? "a number" : "one of " + String.join(", ", words)));
        }
        if (property == CalciteConnectionProperty.FUN) {
            checkLibraries(value);
        }
    }

    private static List<String> words(CalciteConnectionProperty property) {
        List<String> words = new ArrayList<>();
        switch (property.type()) {
            case BOOLEAN -> words.addAll(List.of("true", "false"));
            case ENUM -> {
                for (Object constant : property.valueClass().getEnumConstants()) {
                    words.add(((Enum<?>) constant).name().toLowerCase(Locale.ROOT));
                }
            }
            default -> {}
        }
        return words;
    }

    private static void checkLibraries(String value) {
        for (String library : value.split(",")) {
            if (SqlLibrary.of(library) == null) {
                throw new IllegalArgumentException("the connection property fun has no function library '" + library
                        + "': expected a comma-separated list of "
                        + Arrays.stream(SqlLibrary.values())
                                .map(known -> known.fun)
                                .collect(Collectors.joining(", ")));
            }
        }
    }
}
