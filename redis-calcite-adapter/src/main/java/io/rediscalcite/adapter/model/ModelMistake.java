package io.rediscalcite.adapter.model;

import org.jspecify.annotations.Nullable;

/** A mistake in a schema's operands, with its place, on its way to the one exception that the user sees. */
final class ModelMistake extends RuntimeException {
    private final OperandPath path;

    ModelMistake(OperandPath path, String message) {
        this(path, message, null);
    }

    ModelMistake(OperandPath path, @Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
        this.path = path;
    }

    OperandPath path() {
        return path;
    }
}
