package io.rediscalcite.shell;

import io.rediscalcite.adapter.RedisDatabase;
import io.rediscalcite.adapter.RedisSchema;
import io.rediscalcite.adapter.discovery.InferredTable;
import io.rediscalcite.adapter.model.ConnectionSpec;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code redis-sql infer}. */
@Command(
        name = "infer",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Print a model file of the tables that are found in a server, to edit and keep.",
            "Connect with it by the property model: redis-sql 'jdbc:redis-sql://localhost:6379?model=model.json'"
        })
public final class InferCommand implements Callable<Integer> {
    @Option(
            names = "--table",
            paramLabel = "NAME",
            description = "this table alone, of those that are found; repeatable")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--sample",
            paramLabel = "N",
            description = "keys sampled a table (default: the URL's discoverSample, or 100)")
    private int sample;

    @Mixin
    private Target target = new Target();

    @Override
    public Integer call() throws IOException {
        ConnectionSpec spec = ConnectionSpec.parse(target.url(), properties());
        String text;
        try (RedisDatabase database = RedisDatabase.connect(spec)) {
            text = ModelText.of(spec, chosen(new RedisSchema(database, List.of(), true).inferredTables()));
        }
        try (Writer out = new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8)) {
            out.write(text);
        }
        return 0;
    }

    private Map<String, String> properties() {
        Map<String, String> options = new HashMap<>();
        Properties given = target.properties();
        given.stringPropertyNames().forEach(name -> options.put(name, given.getProperty(name)));
        if (sample != 0) {
            options.put("discoverSample", String.valueOf(sample));
        }
        return options;
    }

    private List<InferredTable> chosen(List<InferredTable> tables) {
        if (names.isEmpty()) {
            return tables;
        }
        List<InferredTable> chosen = new ArrayList<>();
        for (String name : names) {
            chosen.add(tables.stream()
                    .filter(table -> table.definition().name().equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("found no table '" + name + "', but "
                            + (tables.isEmpty()
                                    ? "no other either"
                                    : String.join(
                                            ", ",
                                            tables.stream()
                                                    .map(table ->
                                                            table.definition().name())
                                                    .toList())))));
        }
        return chosen;
    }
}
