package io.rediscalcite.shell;

import io.rediscalcite.shell.ScriptRunner.ScriptException;
import io.rediscalcite.shell.demo.DemoCommand;
import io.rediscalcite.shell.format.OutputFormat;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code redis-sql}. Its exit code is 0, 1 after an error, or 2 if it was called wrongly. */
@Command(
        name = "redis-sql",
        mixinStandardHelpOptions = true,
        versionProvider = RedisSql.Version.class,
        subcommands = {DemoCommand.class, InferCommand.class, LoadCommand.class, ServeCommand.class},
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "SQL over a live Redis.",
            "Without -e and -f it opens a shell, or runs the statements that come from a pipe."
        },
        footer = {
            "",
            "Examples:",
            "  redis-sql demo",
            "  redis-sql infer localhost:6379 > model.json",
            "  redis-sql load users.csv --table user --key 'user:{id}'",
            "  redis-sql serve localhost:6379 --port 8765",
            "  redis-sql -e 'SELECT COUNT(*) FROM flight'",
            "  redis-sql redis.example.com:6379/2 --format csv -f report.sql > report.csv"
        })
public final class RedisSql implements Callable<Integer> {
    /** Says that standard input is meant where a file is asked for. */
    private static final String STANDARD_INPUT = "-";

    @Option(
            names = {"-e", "--execute"},
            paramLabel = "SQL",
            description = "run these statements, divided by semicolons; repeatable")
    private List<String> statements = new ArrayList<>();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "then run the statements of this file (- for standard input); repeatable")
    private List<String> files = new ArrayList<>();

    @Option(names = "--format", paramLabel = "FORMAT", description = "table, csv, json or vertical (default: table)")
    private OutputFormat format = OutputFormat.TABLE;

    @Mixin
    private Target target = new Target();

    private final Terminal terminal = Terminal.current();
    private final PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The command and its subcommands, with this side's messages. */
    static CommandLine commandLine() {
        return new CommandLine(new RedisSql())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(RedisSql::calledWrongly)
                .setExecutionExceptionHandler(RedisSql::failed);
    }

    @Override
    public Integer call() throws SQLException, IOException, ScriptException {
        String url = target.url();
        Properties properties = target.properties();
        if (statements.isEmpty() && files.isEmpty() && terminal.in() && terminal.out()) {
            return new InteractiveShell(url, properties).run();
        }
        List<Path> paths = files.isEmpty() && statements.isEmpty() ? List.of(Path.of(STANDARD_INPUT)) : readableFiles();
        try (Connection connection = DriverManager.getConnection(url, properties);
                ProgressLine out =
                        new ProgressLine(new TextOutput(new FileOutputStream(FileDescriptor.out)), err, terminal)) {
            ScriptRunner runner = new ScriptRunner(connection, format, out, err, terminal.out());
            for (String statement : statements) {
                runner.run(null, new StringReader(statement));
            }
            for (Path path : paths) {
                try (Reader script = open(path)) {
                    runner.run(path.toString().equals(STANDARD_INPUT) ? "line" : path.toString(), script);
                }
            }
            return 0;
        }
    }

    private List<Path> readableFiles() {
        List<Path> paths = new ArrayList<>();
        for (String file : files) {
            Path path = Path.of(file);
            if (!file.equals(STANDARD_INPUT) && !(Files.isReadable(path) && !Files.isDirectory(path))) {
                throw new IllegalArgumentException("can't read the file " + file);
            }
            paths.add(path);
        }
        return paths;
    }

    private static Reader open(Path path) throws IOException {
        return path.toString().equals(STANDARD_INPUT)
                ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                : Files.newBufferedReader(path);
    }

    private static int calledWrongly(CommandLine.ParameterException e, String[] args) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        e.getCommandLine().getErr().println("redis-sql: " + e.getMessage() + "; see " + command + " --help");
        return CommandLine.ExitCode.USAGE;
    }

    private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
        if (e instanceof IOException && ErrorText.of(e).contains("Broken pipe")) {
            return CommandLine.ExitCode.OK; // as after | head
        }
        command.getErr().println("redis-sql: " + ErrorText.of(e));
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** The version in the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = RedisSql.class.getPackage().getImplementationVersion();
            return new String[] {"redis-sql " + (version == null ? "(not packaged)" : version)};
        }
    }
}
