package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.model.TableDefinition;
import io.rediscalcite.adapter.query.IndexAggregate;
import io.rediscalcite.adapter.query.IndexRead;
import io.rediscalcite.adapter.query.RedisQuery;
import io.rediscalcite.adapter.search.ConditionTranslator;
import io.rediscalcite.adapter.search.IndexDefinition;
import io.rediscalcite.adapter.search.Pushed;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has a search index name a query's keys, or compute its groups, if it can be trusted now. */
final class IndexReader {
    private static final Logger LOG = LoggerFactory.getLogger(IndexReader.class);

    private final IndexCatalog catalog;
    private final IndexCoverage coverage;
    private final IndexCall call;
    private final Execution execution;
    private final boolean soundValues;

    IndexReader(
            IndexCatalog catalog, IndexCoverage coverage, IndexCall call, Execution execution, boolean soundValues) {
        this.catalog = catalog;
        this.coverage = coverage;
        this.call = call;
        this.execution = execution;
        this.soundValues = soundValues;
    }

    /** The keys that may be rows of the query, each once; empty if they must be scanned for. */
    Optional<List<TableKey>> keys(RedisQuery query, IndexRead read, KeySelector selector) {
        return trusting(read.index(), query.table(), index -> find(query, read, index, selector));
    }

    /** The groups, a row each; empty if they must be computed on this side. */
    Optional<List<@Nullable Object[]>> aggregate(IndexAggregate aggregate) {
        TableDefinition table = aggregate.table();
        return trusting(aggregate.index(), table, index -> {
            if (!aggregate.approximate()) {
                coverage.check(table, index, true, call, execution);
            }
            IndexGroups groups = new IndexGroups(call, index, aggregate, execution);
            List<@Nullable Object[]> rows = groups.rows();
            if (!aggregate.approximate()) {
                groups.state().ifPresent(state -> coverage.confirm(table, index, state));
            }
            return rows;
        });
    }

    private <T> Optional<T> trusting(String name, TableDefinition table, Function<IndexDefinition, T> question) {
        try {
            IndexDefinition index = catalog.definition(name, execution)
                    .orElseThrow(() -> new IndexUnfitException("there is no such index"));
            return Optional.of(question.apply(index));
        } catch (IndexUnfitException unfit) {
            LOG.debug("the index {} doesn't answer for {}: {}", name, table.name(), unfit.getMessage());
            catalog.forget();
            return Optional.empty();
        }
    }

    private List<TableKey> find(RedisQuery query, IndexRead read, IndexDefinition index, KeySelector selector) {
        ConditionTranslator translator = new ConditionTranslator(index, execution::values, soundValues);
        Pushed pushed = translator.translate(read.condition());
        if (pushed instanceof Pushed.NoRows) {
            return List.of();
        }
        if (!(pushed instanceof Pushed.Query text)) {
            throw new IndexUnfitException(((Pushed.Declined) pushed).why());
        }
        boolean exactly = read.top().isPresent();
        coverage.check(query.table(), index, exactly, call, execution);
        IndexSearch search = new IndexSearch(call, index, translator, text, selector);
        if (read.top().isEmpty()) {
            return search.all(read.isLookup());
        }
        IndexRead.Top top = read.top().get();
        long offset = execution.rows(top.offset(), 0);
        long fetch = execution.rows(Optional.of(top.fetch()), 0);
        List<TableKey> first = search.first(top, offset > Long.MAX_VALUE - fetch ? Long.MAX_VALUE : offset + fetch);
        search.state().ifPresent(state -> coverage.confirm(query.table(), index, state));
        return first;
    }
}
