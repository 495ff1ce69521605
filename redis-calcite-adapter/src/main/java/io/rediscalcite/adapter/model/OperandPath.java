package io.rediscalcite.adapter.model;

import java.util.ArrayList;
import java.util.List;

/** A place within the operands: the names and list positions that lead to it. */
record OperandPath(List<Object> steps) {
    static final OperandPath ROOT = new OperandPath(List.of());

    OperandPath {
        steps = List.copyOf(steps);
    }

    /** The place of an object's entry. */
    OperandPath to(String name) {
        return append(name);
    }

    /** The place of a list's element, counted from 0. */
    OperandPath to(int index) {
        return append(index);
    }

    private OperandPath append(Object step) {
        List<Object> longer = new ArrayList<>(steps);
        longer.add(step);
        return new OperandPath(longer);
    }

    /** As a message shows it: {@code tables[1].columns[0].type}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Object step : steps) {
            if (step instanceof Integer) {
                text.append('[').append(step).append(']');
            } else {
                text.append(text.isEmpty() ? "" : ".").append(step);
            }
        }
        return text.toString();
    }
}
