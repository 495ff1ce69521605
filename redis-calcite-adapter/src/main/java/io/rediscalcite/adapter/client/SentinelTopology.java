package io.rediscalcite.adapter.client;

import io.rediscalcite.adapter.client.Replies.Cursor;
import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The master, and its replicas, that a sentinel names. */
final class SentinelTopology implements Topology {
    private final ClientConfig config;
    private final Connector connector;
    private final boolean withCredentials;
    private @Nullable String masterName;
    private @Nullable RedisChannel channel;

    /** Over a connection to one sentinel; the others are asked when that is lost. */
    SentinelTopology(ClientConfig config, Connector connector, boolean withCredentials, RedisChannel channel) {
        this.config = config;
        this.connector = connector;
        this.withCredentials = withCredentials;
        this.masterName = config.masterName();
        this.channel = channel;
    }

    @Override
    public synchronized List<RedisNode> masters(WaitCheck check) {
        RedisSqlException first = null;
        for (int attempt = 0; attempt <= config.endpoints().size(); attempt++) {
            RedisChannel asked = channel;
            try {
                if (asked == null || !asked.isOpen()) {
                    // The first attempt is for the sentinel that answered last.
                    if (attempt == 0) {
                        continue;
                    }
                    asked = open(config.endpoints().get(attempt - 1), check);
                }
                List<RedisNode> masters = List.of(master(asked, check));
                channel = asked;
                return masters;
            } catch (RedisSqlException e) {
                if (e.state() != SqlState.CANNOT_CONNECT
                        && e.state() != SqlState.CONNECTION_LOST
                        && e.state() != SqlState.TIMEOUT) {
                    throw e;
                }
                first = first == null ? e : first;
                if (asked != null) {
                    asked.close();
                }
                channel = null;
            }
        }
        if (first == null) {
            throw new IllegalStateException("no sentinel");
        }
        throw first;
    }

    private RedisChannel open(Endpoint endpoint, WaitCheck check) {
        return withCredentials
                ? connector.connect(endpoint, config.user(), config.password(), 0, false, check)
                : connector.connect(endpoint, null, null, 0, false, check);
    }

    private RedisNode master(RedisChannel sentinel, WaitCheck check) {
        String name = masterName;
        if (name == null) {
            name = onlyMaster(sentinel, check);
            masterName = name;
        }
        Cursor reply = ask(sentinel, check, "SENTINEL", "GET-MASTER-ADDR-BY-NAME", name);
        if (reply.isNull()) {
            throw new RedisSqlException(
                    SqlState.CANNOT_CONNECT,
                    "The sentinel " + sentinel.endpoint() + " knows no master '" + name + "'. It knows: "
                            + String.join(", ", names(sentinel, check)) + ". Set the property masterName.");
        }
        reply.next();
        String host = reply.text();
        reply.next();
        Endpoint endpoint = new Endpoint(host, (int) reply.longValue());
        List<Endpoint> replicas = config.readFrom() == ReadFrom.MASTER ? List.of() : replicas(sentinel, name, check);
        return RedisNode.master(endpoint, List.of(SlotRange.ALL), replicas);
    }

    private String onlyMaster(RedisChannel sentinel, WaitCheck check) {
        List<String> names = names(sentinel, check);
        if (names.size() == 1) {
            return names.get(0);
        }
        throw new RedisSqlException(
                SqlState.CANNOT_CONNECT,
                "The sentinel " + sentinel.endpoint() + " watches "
                        + (names.isEmpty() ? "no master" : "the masters " + String.join(", ", names))
                        + ": name one by the property masterName.");
    }

    private List<String> names(RedisChannel sentinel, WaitCheck check) {
        return maps(ask(sentinel, check, "SENTINEL", "MASTERS")).stream()
                .map(master -> master.getOrDefault("name", ""))
                .toList();
    }

    private List<Endpoint> replicas(RedisChannel sentinel, String name, WaitCheck check) {
        List<Endpoint> replicas = new ArrayList<>();
        for (Map<String, String> replica : maps(ask(sentinel, check, "SENTINEL", "REPLICAS", name))) {
            String flags = replica.getOrDefault("flags", "");
            boolean up = !flags.contains("down") && !flags.contains("disconnected");
            if (up && "ok".equals(replica.get("master-link-status"))) {
                replicas.add(new Endpoint(
                        replica.getOrDefault("ip", ""), Integer.parseInt(replica.getOrDefault("port", "0"))));
            }
        }
        return replicas;
    }

    private static List<Map<String, String>> maps(Cursor reply) {
        List<Map<String, String>> maps = new ArrayList<>();
        for (int left = reply.arrayLength(); left > 0; left--) {
            reply.next();
            Map<String, String> map = new HashMap<>();
            for (int pairs = reply.arrayLength() / 2; pairs > 0; pairs--) {
                reply.next();
                String field = reply.text();
                reply.next();
                map.put(field, reply.text());
            }
            maps.add(map);
        }
        return maps;
    }

    private static Cursor ask(RedisChannel sentinel, WaitCheck check, String... command) {
        Cursor cursor = sentinel.send(new Commands().add(command)).await(check).cursor();
        cursor.next();
        if (cursor.isError()) {
            throw cursor.error("SENTINEL");
        }
        return cursor;
    }
}
