package io.rediscalcite.shell.demo;

import io.rediscalcite.adapter.client.ClientConfig;
import io.rediscalcite.adapter.client.RedisClient;
import io.rediscalcite.shell.InteractiveShell;
import io.rediscalcite.shell.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code redis-sql demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Start a private Redis Stack, load real data into it and show a tour.",
            "On a terminal, the shell then stays open on it. The server ends with the demo."
        })
public final class DemoCommand implements Callable<Integer> {
    @Option(names = "--port", paramLabel = "N", description = "of the private server (default: a free one)")
    private int port;

    private final Terminal terminal = Terminal.current();

    @Override
    public Integer call() throws SQLException, IOException {
        try (Writer out = new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8)) {
            say(out, "Starting a private Redis Stack ...");
            try (PrivateServer server = PrivateServer.start(port)) {
                load(server.port(), out);
                String url = "jdbc:redis-sql://localhost:" + server.port();
                try (Connection connection = DriverManager.getConnection(url)) {
                    new Tour(connection, out).show();
                }
                if (!terminal.in() || !terminal.out()) {
                    say(out, "\nThe demo ends here. On a terminal, the shell would now stay open on its data.");
                    return 0;
                }
                say(out, "\nNow it's your turn. While this shell is open, any tool can connect to " + url + "\n");
                return new InteractiveShell(url, new Properties()).run();
            }
        }
    }

    private void load(int serverPort, Writer out) throws IOException {
        int rows = FlightsData.rows();
        int keys = rows;
        long start = System.nanoTime();
        try (RedisClient client = RedisClient.connect(ClientConfig.of("localhost", serverPort))) {
            if (terminal.err()) {
                try (ProgressBar bar = new ProgressBarBuilder()
                        .setTaskName("Loading")
                        .setInitialMax(rows)
                        .setUnit(" keys", 1)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setConsumer(new ConsoleProgressBarConsumer(System.err))
                        .clearDisplayOnFinish()
                        .build()) {
                    FlightsData.load(client, bar::stepBy);
                }
            } else {
                FlightsData.load(client, loaded -> {});
            }
            keys += FlightsCollections.load(client);
        }
        say(
                out,
                String.format(
                        Locale.ROOT,
                        "Loaded %,d keys in %.1f seconds: the flights from New York City in January 2013, with airlines,"
                                + " airports, planes and weather, as keys of all eight types.",
                        keys,
                        (System.nanoTime() - start) / 1e9));
    }

    private static void say(Writer out, String text) throws IOException {
        out.write(text + "\n");
        out.flush();
    }
}
