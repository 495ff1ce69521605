package io.rediscalcite.shell.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.rediscalcite.adapter.client.Commands;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A table of the demo: a compressed CSV file, and how its rows are keys of Redis. */
enum CsvTable {
    /** {@code airline:UA}, a string: the name. */
    AIRLINE("airlines", "carrier", 16) {
        @Override
        void add(NamedCsvRecord row, String key, Commands commands) {
            commands.add("SET", key, row.getField("name"));
        }
    },
    /** {@code airport:JFK}, a hash. */
    AIRPORT("airports", "faa", 1458),
    /** {@code plane:N14228}, a hash. */
    PLANE("planes", "tailnum", 3322),
    /** {@code weather:1}, a hash; numbered as in the file. */
    WEATHER("weather", null, 2226),
    /** {@code flight:1}, a hash; numbered as in the file. */
    FLIGHT("flights", null, 27_004);

    private final String file;
    private final @Nullable String keyColumn;
    private final int rows;

    CsvTable(String file, @Nullable String keyColumn, int rows) {
        this.file = file;
        this.keyColumn = keyColumn;
        this.rows = rows;
    }

    /** The name that discovery gives it: the literal part of its keys. */
    String tableName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How many rows the file has. */
    int rows() {
        return rows;
    }

    /** The file, to be closed. */
    CsvReader<NamedCsvRecord> open() throws IOException {
        String resource = "/io/rediscalcite/shell/nycflights13/" + file + ".csv.gz";
        InputStream bytes = CsvTable.class.getResourceAsStream(resource);
        if (bytes == null) {
            throw new IOException(resource + " is missing in the jar");
        }
        return CsvReader.builder().ofNamedCsvRecord(new InputStreamReader(new GZIPInputStream(bytes), UTF_8));
    }

    /**
     * The key of a row.
     *
     * @param number of the row, from 1
     */
    String key(NamedCsvRecord row, long number) {
        return tableName() + ":" + (keyColumn == null ? number : row.getField(keyColumn));
    }

    /** Adds the command that stores the row. An empty value is a missing field, as the key itself is. */
    void add(NamedCsvRecord row, String key, Commands commands) {
        List<String> words = new ArrayList<>(List.of("HSET", key));
        for (Map.Entry<String, String> field : row.getFieldsAsMap().entrySet()) {
            if (!field.getValue().isEmpty() && !field.getKey().equals(keyColumn)) {
                words.add(field.getKey());
                words.add(field.getValue());
            }
        }
        commands.add(words.toArray(new String[0]));
    }
}
