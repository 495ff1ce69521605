package io.rediscalcite.adapter.client;

import io.rediscalcite.adapter.client.Replies.Cursor;
import io.rediscalcite.adapter.error.RedisSqlException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What a server tells to HELLO, which every user may send; a server before Redis 6 is asked by INFO.
 *
 * @param master whether it takes writes
 */
record Handshake(ServerInfo server, boolean master) {
    static Handshake with(RedisChannel channel, ClientConfig config, WaitCheck check) {
        Cursor reply = ask(channel, config, check, "HELLO");
        if (!reply.isError()) {
            return parse(reply);
        }
        String refusal = reply.text();
        if (!refusal.startsWith("ERR unknown command")) {
            throw ConnectFailures.refused(channel.endpoint(), config, refusal);
        }
        Cursor info = ask(channel, config, check, "INFO", "server");
        if (!info.isError()) {
            return parseInfo(info.text());
        }
        if (info.text().startsWith("NOAUTH")) {
            throw ConnectFailures.refused(channel.endpoint(), config, info.text());
        }
        return new Handshake(new ServerInfo(Mode.STANDALONE, "unknown", Map.of()), true);
    }

    private static Cursor ask(RedisChannel channel, ClientConfig config, WaitCheck check, String... command) {
        try {
            Cursor cursor = channel.send(new Commands().add(command))
                    .await(check, config.connectTimeoutMillis())
                    .cursor();
            cursor.next();
            return cursor;
        } catch (RedisSqlException e) {
            throw switch (e.state()) {
                case TIMEOUT -> ConnectFailures.of(channel.endpoint(), config, new TimeoutException());
                case CONNECTION_LOST ->
                    ConnectFailures.of(
                            channel.endpoint(), config, new IOException("the server closed the connection", e));
                default -> e;
            };
        }
    }

    private static Handshake parse(Cursor reply) {
        String mode = "";
        String version = "unknown";
        boolean master = true;
        Map<String, Long> modules = new HashMap<>();
        for (int pairs = reply.arrayLength() / 2; pairs > 0; pairs--) {
            reply.next();
            String field = reply.text();
            reply.next();
            switch (field) {
                case "mode" -> mode = reply.text();
                case "version" -> version = reply.text();
                case "role" -> master = reply.text().equals("master");
                case "modules" -> readModules(reply, modules);
                default -> reply.skip();
            }
        }
        return new Handshake(new ServerInfo(mode(mode), version, modules), master);
    }

    private static void readModules(Cursor reply, Map<String, Long> modules) {
        for (int left = reply.arrayLength(); left > 0; left--) {
            reply.next();
            String name = null;
            long version = 0;
            for (int pairs = reply.arrayLength() / 2; pairs > 0; pairs--) {
                reply.next();
                String field = reply.text();
                reply.next();
                switch (field) {
                    case "name" -> name = reply.text();
                    case "ver" -> version = reply.longValue();
                    default -> reply.skip();
                }
            }
            if (name != null) {
                modules.put(name, version);
            }
        }
    }

    private static Handshake parseInfo(String info) {
        String mode = field(info, "redis_mode:");
        String version = field(info, "redis_version:");
        return new Handshake(
                new ServerInfo(mode(mode == null ? "" : mode), version == null ? "unknown" : version, Map.of()), true);
    }

    private static @Nullable String field(String info, String name) {
        return info.lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()))
                .findFirst()
                .orElse(null);
    }

    private static Mode mode(String name) {
        return switch (name) {
            case "cluster" -> Mode.CLUSTER;
            case "sentinel" -> Mode.SENTINEL;
            default -> Mode.STANDALONE;
        };
    }
}
