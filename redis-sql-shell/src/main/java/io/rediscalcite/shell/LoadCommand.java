package io.rediscalcite.shell;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.rediscalcite.adapter.RedisSchemaFactory;
import io.rediscalcite.adapter.model.KeyPattern;
import io.rediscalcite.shell.load.FileFormat;
import io.rediscalcite.shell.load.Loader;
import io.rediscalcite.shell.load.RowSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code redis-sql load}. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Write the rows of a file into a table.",
            "A CSV file begins with the names of the columns; a JSON file has objects, in an array or one behind the"
                    + " other."
        },
        footer = {
            "",
            "Examples:",
            "  redis-sql load users.csv --table user --key 'user:{id}'",
            "  redis-sql load scores.jsonl localhost:6379 --table ranking --on-conflict replace"
        })
public final class LoadCommand implements Callable<Integer> {
    private static final int MOST_REASONS = 10;

    @Parameters(index = "0", paramLabel = "FILE", description = "a file whose name ends with .csv, .json or .jsonl")
    private Path file = Path.of("");

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "URL",
            description = "as of redis-sql itself (default: " + JdbcUrl.DEFAULT + ")")
    private String address = JdbcUrl.DEFAULT;

    @Option(names = "--table", required = true, paramLabel = "NAME", description = "the table")
    private String table = "";

    @Option(
            names = "--key",
            paramLabel = "PATTERN",
            description =
                    "make hashes of these keys, such as user:{id}, whose fields are the file's columns as they stand"
                            + " there; the table needn't exist")
    private @Nullable String key;

    @Option(
            names = "--on-conflict",
            paramLabel = "MODE",
            description = "what is done with rows that exist: error, replace, merge or skip"
                    + " (default: the URL's onConflict, or error)")
    private @Nullable String onConflict;

    @Option(
            names = "--failed",
            paramLabel = "FILE",
            description = "a new file for rows that fail, to be loaded again (default: FILE.failed.csv or .jsonl)")
    private @Nullable Path failedFile;

    @Mixin
    private Credentials credentials = new Credentials();

    private final Terminal terminal = Terminal.current();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private int reasons;

    @Override
    public Integer call() throws SQLException, IOException {
        FileFormat format = FileFormat.of(file);
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new IllegalArgumentException("can't read the file " + file);
        }
        Path failed = failedFile == null ? format.failedOf(file) : failedFile;
        if (Files.exists(failed)) {
            throw new IllegalArgumentException("rows that fail would go to " + failed
                    + ", which is there already: move it away, or name another file by --failed");
        }
        Path folder = failed.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new IllegalArgumentException("rows that fail would go to " + failed
                    + ", and no file can be made there: name another file by --failed");
        }
        long start = System.nanoTime();
        try (RowSource rows = open(format)) {
            Loader.Outcome outcome =
                    rows.columns().isEmpty() ? new Loader.Outcome(0, 0, 0, 0, 0, null) : load(rows, failed, start);
            return report(outcome, failed, (System.nanoTime() - start) / 1e9);
        }
    }

    private Loader.Outcome load(RowSource rows, Path failed, long start) throws SQLException, IOException {
        try (Connection connection = connect(rows.columns())) {
            String name = sqlName();
            checkColumns(connection, name, rows.columns());
            try (Loader loader = new Loader(connection, name, rows.columns(), file, failed, this::explain)) {
                return load(loader, rows, start);
            }
        }
    }

    private RowSource open(FileFormat format) throws IOException {
        try {
            return format.open(file);
        } catch (RowSource.MalformedFileException malformed) {
            throw new IOException(file + ":" + malformed.line() + ": " + malformed.getMessage(), malformed);
        }
    }

    private Connection connect(List<String> columns) throws SQLException, IOException {
        String url = JdbcUrl.of(address);
        Properties properties = credentials.properties(url);
        if (onConflict != null) {
            properties.setProperty("onConflict", onConflict);
        }
        if (key != null) {
            properties.setProperty("model", "inline:" + model(key, columns));
        }
        return DriverManager.getConnection(url, properties);
    }

    /** A table of hashes whose columns are all text, so that each value is stored as it stands in the file. */
    private String model(String pattern, List<String> columns) throws IOException {
        boolean named = columns.stream().anyMatch("_key"::equalsIgnoreCase);
        // The parts have the same names whatever separates them; the connection takes the URL's separator.
        List<String> parts = KeyPattern.parse(pattern, ":").parts();
        for (String part : parts) {
            if (!named && columns.stream().noneMatch(part::equalsIgnoreCase)) {
                throw new IllegalArgumentException("the key " + pattern + " needs a column '" + part + "', and " + file
                        + " has " + String.join(", ", columns));
            }
        }
        List<Map<String, String>> fields = columns.stream()
                .filter(column -> !column.equalsIgnoreCase("_key") && !column.equalsIgnoreCase("_ttl"))
                .map(column -> Map.of("name", column))
                .toList();
        Map<String, Object> hashes = Map.of("name", table, "type", "hash", "key", pattern, "columns", fields);
        Map<String, Object> schema = Map.of(
                "name",
                "redis",
                "type",
                "custom",
                "factory",
                RedisSchemaFactory.class.getName(),
                "operand",
                Map.of("tables", List.of(hashes)));
        return new ObjectMapper()
                .writeValueAsString(Map.of("version", "1.0", "defaultSchema", "redis", "schemas", List.of(schema)));
    }

    /** The table's name, behind its schema's where a point is in it; with {@code --key} it is one name. */
    private String sqlName() {
        return key != null
                ? Loader.quoted(table)
                : Arrays.stream(table.split("\\.")).map(Loader::quoted).collect(Collectors.joining("."));
    }

    private void checkColumns(Connection connection, String name, List<String> columns) throws SQLException {
        List<String> there = new ArrayList<>();
        try (var statement = connection.createStatement();
                ResultSet none = statement.executeQuery("SELECT * FROM " + name + " LIMIT 0")) {
            for (int i = 1; i <= none.getMetaData().getColumnCount(); i++) {
                there.add(none.getMetaData().getColumnLabel(i));
            }
        }
        for (String column : columns) {
            if (there.stream().noneMatch(column::equalsIgnoreCase)) {
                throw new IllegalArgumentException("the table '" + table + "' has no column '" + column + "', which "
                        + file + " has; its columns are " + String.join(", ", there));
            }
        }
    }

    private Loader.Outcome load(Loader loader, RowSource rows, long start) throws IOException, SQLException {
        if (!terminal.err()) {
            return loader.load(rows, tried -> {});
        }
        try (ProgressBar bar = new ProgressBarBuilder()
                .setTaskName("Loading")
                .setInitialMax(Files.size(file))
                .setUnit(" MB", 1 << 20)
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .clearDisplayOnFinish()
                .build()) {
            LongConsumer progress = tried -> {
                bar.stepTo(rows.bytesRead());
                bar.setExtraMessage(speed(tried, (System.nanoTime() - start) / 1e9));
            };
            return loader.load(rows, progress);
        }
    }

    private static String speed(long rows, double seconds) {
        return String.format(Locale.ROOT, "%,d rows, %,.0f rows/s", rows, rows / Math.max(seconds, 1e-3));
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    private void explain(String reason) {
        if (reasons++ < MOST_REASONS) {
            err().println(reason);
        }
    }

    /** Tells what is written and what isn't; the exit code. */
    private int report(Loader.Outcome outcome, Path failed, double seconds) {
        if (reasons > MOST_REASONS) {
            err().println("... and " + String.format(Locale.ROOT, "%,d", reasons - MOST_REASONS) + " more");
        }
        String written = String.format(
                Locale.ROOT,
                "%,d row%s of %s written to %s%s in %.1f seconds (%s)",
                outcome.written(),
                outcome.written() == 1 ? "" : "s",
                file,
                table,
                outcome.skipped() == 0
                        ? ""
                        : String.format(Locale.ROOT, ", %,d skipped that were there", outcome.skipped()),
                seconds,
                speed(outcome.written() + outcome.skipped() + outcome.failed(), seconds));
        if (outcome.failed() == 0 && outcome.ended() == null) {
            PrintWriter out = spec.commandLine().getOut();
            out.println(written);
            out.flush();
            return 0;
        }
        StringBuilder told = new StringBuilder("redis-sql: ");
        if (outcome.ended() != null) {
            told.append(outcome.ended().strip())
                    .append("; the rows behind line ")
                    .append(outcome.lastLine());
            told.append(" were not tried; ");
        }
        told.append(written);
        if (outcome.failed() > 0) {
            told.append(String.format(Locale.ROOT, "; %,d failed, which are in %s", outcome.failed(), failed));
        }
        if (outcome.unknown() > 0) {
            told.append(String.format(
                    Locale.ROOT,
                    ", and %,d of these may be written all the same: the connection broke before the server replied",
                    outcome.unknown()));
        }
        err().println(told.toString().replaceAll("\\s*\\R\\s*", " "));
        return 1;
    }
}
