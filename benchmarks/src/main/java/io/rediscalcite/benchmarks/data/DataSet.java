package io.rediscalcite.benchmarks.data;

import io.rediscalcite.benchmarks.peer.BareClient;
import io.rediscalcite.benchmarks.peer.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The data that is measured: the same values for the same size, wherever and whenever it is loaded.
 *
 * <pre>
 * user:N      hash, {@code users} of them    name, email, age, score, city, active, created
 * purchase:N  hash, 100                      customer (a user's number), amount
 * board       zset, a tenth of users         members player:N, scores 0 to 9999.9
 * events      stream, a tenth of users       one a second: kind, amount
 * sensor:N    4 time series                  a fortieth of users each: one sample a minute, values 0 to 99
 * </pre>
 */
public record DataSet(int users) {
    public static final int PURCHASES = 100;
    public static final int SERIES = 4;

    /** Milliseconds since 1970 of the first event and the first sample: 2024-01-01. */
    public static final long BEGIN = 1_704_067_200_000L;

    public static final int CITIES = 20;

    private static final int BATCH = 2000;

    /** How many members, events, and samples in all. */
    public int tenth() {
        return Math.max(1000, users / 10);
    }

    /** A number of a user that looks random, but is the same each time. */
    public int someUser(int i) {
        return (int) (mix(i) % users);
    }

    /** Loads all of it into one server. */
    public void load(int port) throws IOException {
        try (BareClient client = new BareClient(port)) {
            loadUsers(client);
            loadPurchases(client);
            loadBoard(client);
            loadEvents(client);
            loadSeries(client);
        }
    }

    /** Loads the users alone, in a cluster: each master is sent all of them, keeps its own, and refuses the others. */
    public void loadUsers(List<Integer> masters) throws IOException {
        List<BareClient> clients = new ArrayList<>();
        try {
            for (int port : masters) {
                clients.add(new BareClient(port));
            }
            for (int from = 0; from < users; from += BATCH) {
                Request request = new Request();
                for (int i = from; i < Math.min(users, from + BATCH); i++) {
                    addUser(request, i);
                }
                for (BareClient client : clients) {
                    client.send(request);
                }
                for (BareClient client : clients) {
                    for (int i = 0; i < request.commands(); i++) {
                        client.skipLine();
                    }
                }
            }
        } finally {
            for (BareClient client : clients) {
                client.close();
            }
        }
    }

    private interface Writer {
        void write(Request request, int i);
    }

    private static void inBatches(BareClient client, int count, Writer writer) throws IOException {
        for (int from = 0; from < count; from += BATCH) {
            Request request = new Request();
            for (int i = from; i < Math.min(count, from + BATCH); i++) {
                writer.write(request, i);
            }
            client.callAll(request);
        }
    }

    private void loadUsers(BareClient client) throws IOException {
        inBatches(client, users, DataSet::addUser);
    }

    private static void addUser(Request request, int i) {
        long random = mix(i);
        request.add(
                "HSET",
                "user:" + i,
                "name",
                "User " + i,
                "email",
                "user" + i + "@example.com",
                "age",
                18 + random % 73,
                "score",
                String.format(Locale.ROOT, "%d.%d", random / 73 % 1000, random / 73_000 % 9 + 1),
                "city",
                "City " + random / 657_000 % CITIES,
                "active",
                random % 3 == 0 ? "false" : "true",
                "created",
                1_600_000_000 + random % 100_000_000);
    }

    private void loadPurchases(BareClient client) throws IOException {
        inBatches(
                client,
                PURCHASES,
                (request, i) -> request.add("HSET", "purchase:" + i, "customer", someUser(i), "amount", i * 7 % 100));
    }

    private void loadBoard(BareClient client) throws IOException {
        inBatches(
                client, tenth(), (request, i) -> request.add("ZADD", "board", mix(i) % 100_000 / 10.0, "player:" + i));
    }

    private void loadEvents(BareClient client) throws IOException {
        inBatches(
                client,
                tenth(),
                (request, i) -> request.add(
                        "XADD",
                        "events",
                        BEGIN + i * 1000L + "-0",
                        "kind",
                        "kind " + mix(i) % 5,
                        "amount",
                        mix(i) % 100));
    }

    private void loadSeries(BareClient client) throws IOException {
        for (int series = 1; series <= SERIES; series++) {
            client.call("TS.CREATE", "sensor:" + series, "LABELS", "room", "room " + series);
        }
        inBatches(
                client,
                tenth(),
                (request, i) -> request.add(
                        "TS.ADD", "sensor:" + (1 + i % SERIES), BEGIN + i / SERIES * 60_000L, mix(i) % 100));
    }

    /** 63 bits that look random: SplitMix64's finisher. */
    private static long mix(long i) {
        long z = (i + 1) * 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return (z ^ z >>> 31) >>> 1;
    }
}
