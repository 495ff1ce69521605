package io.rediscalcite.adapter.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON object of the operands, read with checks; every failure says where, what was found, and what was expected. */
record Operands(OperandPath path, Map<?, ?> entries) {
    static Operands of(Object value, OperandPath path) {
        if (value instanceof Map<?, ?> entries) {
            return new Operands(path, entries);
        }
        throw unexpected(path, "an object", value);
    }

    boolean has(String name) {
        return entries.containsKey(name);
    }

    void refuseUnknown(Collection<String> valid) {
        for (Object name : entries.keySet()) {
            if (!valid.contains(String.valueOf(name))) {
                throw new ModelMistake(
                        path.to(String.valueOf(name)),
                        "there is no operand '" + name + "' here; "
                                + ClosestNames.hint(String.valueOf(name), valid)
                                + (valid.size() > 10 ? "" : "; expected one of " + String.join(", ", valid)));
            }
        }
    }

    String required(String name, String example) {
        if (!has(name)) {
            throw new ModelMistake(path, "'" + name + "' is missing: expected " + example);
        }
        String text = optional(name);
        if (text == null || text.isEmpty()) {
            throw new ModelMistake(path.to(name), "'" + name + "' is empty: expected " + example);
        }
        return text;
    }

    /** The text; null if the entry isn't there. */
    @Nullable
    String optional(String name) {
        if (!has(name)) {
            return null;
        }
        if (entries.get(name) instanceof String text) {
            return text;
        }
        throw unexpected(path.to(name), "a string", entries.get(name));
    }

    /** The text of a string, number or boolean. */
    String scalar(String name) {
        Object value = entries.get(name);
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        throw unexpected(path.to(name), "a string, a number, true or false", value);
    }

    /** True or false. */
    boolean flag(String name) {
        if (entries.get(name) instanceof Boolean flag) {
            return flag;
        }
        throw unexpected(path.to(name), "true or false", entries.get(name));
    }

    /** The elements; empty if the entry isn't there. */
    List<Object> list(String name) {
        if (!has(name)) {
            return List.of();
        }
        if (!(entries.get(name) instanceof Collection<?> elements)) {
            throw unexpected(path.to(name), "a list", entries.get(name));
        }
        List<Object> list = new ArrayList<>();
        for (Object element : elements) {
            if (element == null) {
                throw unexpected(path.to(name).to(list.size()), "a value", null);
            }
            list.add(element);
        }
        return list;
    }

    /** The objects of a list; empty if the entry isn't there. */
    List<Operands> objects(String name) {
        List<Operands> objects = new ArrayList<>();
        for (Object element : list(name)) {
            objects.add(of(element, path.to(name).to(objects.size())));
        }
        return objects;
    }

    static ModelMistake unexpected(OperandPath path, String expected, @Nullable Object found) {
        return new ModelMistake(path, "expected " + expected + ", found " + describe(found));
    }

    private static String describe(@Nullable Object value) {
        if (value instanceof Map<?, ?>) {
            return "an object";
        }
        if (value instanceof Collection<?>) {
            return "a list";
        }
        if (value instanceof String text) {
            return "the string '" + text + "'";
        }
        return value instanceof Number ? "the number " + value : String.valueOf(value);
    }
}
