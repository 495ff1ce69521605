package io.rediscalcite.shell.demo;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.RedisClient;
import io.rediscalcite.adapter.client.RedisNode;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.client.WaitCheck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The flights' figures as keys of the other types, by airport of departure: {@code served:EWR} is the set of destinations, {@code
 * busiest:EWR} the sorted set of them by flights, {@code board:EWR} the list of the first day's departures, {@code late:EWR} the stream of
 * flights that left late by three hours or more, {@code temperature:EWR} the time series of degrees Fahrenheit; and {@code profile:UA}
 * is a document about an airline.
 */
final class FlightsCollections {
    private static final int LATE_MINUTES = 180;

    private final Map<String, Airline> airlines = new TreeMap<>();
    private final Map<String, Map<String, Integer>> flightsTo = new TreeMap<>();
    private final Map<String, List<NamedCsvRecord>> late = new TreeMap<>();
    private final Commands commands = new Commands(1 << 16);
    private final Set<String> keys = new LinkedHashSet<>();

    /** What a profile tells. */
    private static final class Airline {
        private final Map<String, Integer> flightsFrom = new TreeMap<>();
        private final Set<String> destinations = new TreeSet<>();
    }

    private FlightsCollections() {}

    /**
     * Stores them on a server that is no cluster.
     *
     * @return how many keys they are
     */
    static int load(RedisClient client) throws IOException {
        FlightsCollections collections = new FlightsCollections();
        collections.readFlights();
        collections.readWeather();
        collections.addAirports();
        collections.addProfiles();
        RedisNode node = client.nodeOf("late:EWR".getBytes(StandardCharsets.UTF_8));
        Replies.Cursor replies =
                client.call(node, collections.commands, WaitCheck.NONE).cursor();
        while (replies.next()) {
            if (replies.isError()) {
                throw replies.error("the demo's data");
            }
            replies.skip();
        }
        return collections.keys.size();
    }

    private void add(String command, String key, Object... words) {
        List<String> all = new ArrayList<>(List.of(command, key));
        for (Object word : words) {
            all.add(String.valueOf(word));
        }
        commands.add(all.toArray(new String[0]));
        keys.add(key);
    }

    private static long millis(NamedCsvRecord row) {
        return Instant.parse(row.getField("time_hour")).toEpochMilli();
    }

    private void readFlights() throws IOException {
        try (CsvReader<NamedCsvRecord> rows = CsvTable.FLIGHT.open()) {
            for (NamedCsvRecord row : rows) {
                String origin = row.getField("origin");
                String destination = row.getField("dest");
                flightsTo.computeIfAbsent(origin, absent -> new HashMap<>()).merge(destination, 1, Integer::sum);
                Airline airline = airlines.computeIfAbsent(row.getField("carrier"), absent -> new Airline());
                airline.flightsFrom.merge(origin, 1, Integer::sum);
                airline.destinations.add(destination);
                if (row.getField("day").equals("1")) {
                    add(
                            "RPUSH",
                            "board:" + origin,
                            row.getField("carrier") + row.getField("flight") + " " + destination);
                }
                String delay = row.getField("dep_delay");
                if (!delay.isEmpty() && Integer.parseInt(delay) >= LATE_MINUTES) {
                    late.computeIfAbsent(origin, absent -> new ArrayList<>()).add(row);
                }
            }
        }
    }

    private void readWeather() throws IOException {
        try (CsvReader<NamedCsvRecord> rows = CsvTable.WEATHER.open()) {
            for (NamedCsvRecord row : rows) {
                String origin = row.getField("origin");
                if (!row.getField("temp").isEmpty()) {
                    add(
                            "TS.ADD",
                            "temperature:" + origin,
                            millis(row),
                            row.getField("temp"),
                            "LABELS",
                            "airport",
                            origin,
                            "unit",
                            "Fahrenheit");
                }
            }
        }
    }

    private void addAirports() {
        flightsTo.forEach((origin, flights) -> flights.forEach((destination, count) -> {
            add("SADD", "served:" + origin, destination);
            add("ZADD", "busiest:" + origin, count, destination);
        }));
        late.forEach((origin, rows) -> rows.stream()
                .sorted(Comparator.comparing(FlightsCollections::millis))
                .forEach(row -> add(
                        "XADD",
                        "late:" + origin,
                        millis(row) + "-*",
                        "carrier",
                        row.getField("carrier"),
                        "flight",
                        row.getField("flight"),
                        "dest",
                        row.getField("dest"),
                        "minutes",
                        row.getField("dep_delay"))));
    }

    private void addProfiles() {
        airlines.forEach((carrier, airline) -> {
            String from = airline.flightsFrom.entrySet().stream()
                    .map(flights -> "\"" + flights.getKey() + "\":" + flights.getValue())
                    .collect(Collectors.joining(","));
            int flights = airline.flightsFrom.values().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            add(
                    "JSON.SET",
                    "profile:" + carrier,
                    "$",
                    "{\"flights\":" + flights + ",\"from\":{" + from + "},\"destinations\":[\""
                            + String.join("\",\"", airline.destinations) + "\"]}");
        });
    }
}
