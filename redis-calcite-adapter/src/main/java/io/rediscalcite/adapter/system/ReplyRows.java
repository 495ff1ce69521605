package io.rediscalcite.adapter.system;

import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.type.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes rows of the replies to commands that tell of a server. */
final class ReplyRows {
    private static final String STATISTICS = "cmdstat_";

    private ReplyRows() {}

    /** INFO: lines {@code # Section} and {@code name:value}. */
    static List<Map<String, String>> info(Replies.Cursor reply) {
        List<Map<String, String>> rows = new ArrayList<>();
        String section = "";
        for (String line : lines(reply)) {
            int colon = line.indexOf(':');
            if (line.startsWith("#")) {
                section = line.substring(1).strip();
            } else if (colon >= 0) {
                rows.add(Map.of(
                        "section", section,
                        "name", line.substring(0, colon),
                        "value", line.substring(colon + 1)));
            }
        }
        return rows;
    }

    /** INFO commandstats: values {@code calls=1,usec=20}. */
    static List<Map<String, String>> commandstats(Replies.Cursor reply) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (Map<String, String> line : info(reply)) {
            String name = line.getOrDefault("name", "");
            if (name.startsWith(STATISTICS)) {
                Map<String, String> row = assignments(line.getOrDefault("value", ""), ",");
                row.put("command", name.substring(STATISTICS.length()).replace('|', ' '));
                rows.add(row);
            }
        }
        return rows;
    }

    /** CLIENT LIST: a line {@code id=3 addr=…} a client. */
    static List<Map<String, String>> clients(Replies.Cursor reply) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines(reply)) {
            rows.add(assignments(line, " "));
        }
        return rows;
    }

    private static List<String> lines(Replies.Cursor reply) {
        return Text.decode(reply.bytes())
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    private static Map<String, String> assignments(String text, String separator) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String assignment : text.split(separator, -1)) {
            int equals = assignment.indexOf('=');
            if (equals > 0) {
                values.put(assignment.substring(0, equals), assignment.substring(equals + 1));
            }
        }
        return values;
    }

    /** SLOWLOG GET: an array {@code id, seconds, microseconds, [words of the command], address, name} an entry. */
    static List<Map<String, String>> slowlog(Replies.Cursor reply) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (int entries = reply.arrayLength(); entries > 0; entries--) {
            reply.next();
            int fields = reply.arrayLength();
            Map<String, String> row = new LinkedHashMap<>();
            row.put("id", next(reply));
            row.put("logged_at", next(reply));
            row.put("micros", next(reply));
            reply.next();
            List<String> words = new ArrayList<>();
            for (int left = reply.arrayLength(); left > 0; left--) {
                words.add(next(reply));
            }
            row.put("command", String.join(" ", words));
            if (fields >= 6) {
                row.put("client_addr", next(reply));
                row.put("client_name", next(reply));
            }
            for (int further = 6; further < fields; further++) {
                reply.next();
                reply.skip();
            }
            rows.add(row);
        }
        return rows;
    }

    private static String next(Replies.Cursor reply) {
        reply.next();
        return Text.decode(reply.bytes());
    }
}
