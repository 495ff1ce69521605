package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.query.IndexRead;
import io.rediscalcite.adapter.query.RedisQuery;
import io.rediscalcite.adapter.search.ConditionTranslator;
import io.rediscalcite.adapter.search.IndexDefinition;
import io.rediscalcite.adapter.search.Pushed;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Names a query's keys by a search index, if it can be trusted now. */
final class IndexKeys {
    private static final Logger LOG = LoggerFactory.getLogger(IndexKeys.class);

    private final IndexCatalog catalog;
    private final IndexCoverage coverage;
    private final IndexCall call;
    private final Execution execution;
    private final boolean soundValues;

    IndexKeys(IndexCatalog catalog, IndexCoverage coverage, IndexCall call, Execution execution, boolean soundValues) {
        this.catalog = catalog;
        this.coverage = coverage;
        this.call = call;
        this.execution = execution;
        this.soundValues = soundValues;
    }

    /** The keys that may be rows of the query, each once; empty if they must be scanned for. */
    Optional<List<TableKey>> of(RedisQuery query, IndexRead read, KeySelector selector) {
        try {
            IndexDefinition index = catalog.definition(read.index(), execution)
                    .orElseThrow(() -> new IndexUnfitException("there is no such index"));
            return Optional.of(find(query, read, index, selector));
        } catch (IndexUnfitException unfit) {
            LOG.debug(
                    "{} can't name the keys of {}: {}",
                    read.index(),
                    query.table().name(),
                    unfit.getMessage());
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
            return search.all();
        }
        IndexRead.Top top = read.top().get();
        long offset = execution.rows(top.offset(), 0);
        long fetch = execution.rows(Optional.of(top.fetch()), 0);
        List<TableKey> first = search.first(top, offset > Long.MAX_VALUE - fetch ? Long.MAX_VALUE : offset + fetch);
        search.state().ifPresent(state -> coverage.confirm(query.table(), index, state));
        return first;
    }
}
