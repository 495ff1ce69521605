package io.rediscalcite.jdbc.statement;

import io.rediscalcite.adapter.model.ConnectionSpec.OnConflict;
import io.rediscalcite.adapter.search.NewIndex;
import java.util.List;
import java.util.Optional;

/** What a statement's text was recognised as. */
public sealed interface StatementText {
    /**
     * A statement for Calcite's parser.
     *
     * @param sql the text, in which whatever the parser doesn't take is written otherwise, at the same places: a position in it is
     *     a position in the user's text
     * @param onConflict what the statement itself says of keys that exist; empty where the connection's property holds
     */
    record Planned(String sql, Optional<OnConflict> onConflict) implements StatementText {}

    /**
     * CREATE INDEX.
     *
     * @param table the table's name, behind those of its schemas if they are given
     */
    record CreateIndex(NewIndex index, List<String> table) implements StatementText {
        public CreateIndex {
            table = List.copyOf(table);
        }
    }

    /**
     * DROP INDEX.
     *
     * @param ifThere whether it is no mistake that there is none
     */
    record DropIndex(String name, boolean ifThere) implements StatementText {}
}
