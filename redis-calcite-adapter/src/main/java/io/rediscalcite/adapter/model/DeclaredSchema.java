package io.rediscalcite.adapter.model;

import java.util.List;

/**
 * One schema's operands in a Calcite model, read and checked.
 *
 * @param connection where the server is, and every option, from the operand {@code url} and the operands that are
 *     connection properties
 */
public record DeclaredSchema(ConnectionSpec connection, List<DeclaredTable> tables) {
    public DeclaredSchema {
        tables = List.copyOf(tables);
    }
}
