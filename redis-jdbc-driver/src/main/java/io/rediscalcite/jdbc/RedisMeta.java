package io.rediscalcite.jdbc;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.Meta.StatementHandle;
import org.jspecify.annotations.Nullable;

/**
 * The one thing that Avatica's base classes need of a server: ids of statements.
 *
 * <p>Statements are planned and run by {@link RedisStatement}, with nothing between it and the plan, so no other call of
 * Avatica's protocol is ever made.
 */
final class RedisMeta {
    private final AtomicInteger statements = new AtomicInteger();

    private RedisMeta() {}

    /** The server's side of one connection. */
    static Meta create() {
        RedisMeta meta = new RedisMeta();
        return (Meta) Proxy.newProxyInstance(
                RedisMeta.class.getClassLoader(),
                new Class<?>[] {Meta.class},
                (proxy, method, arguments) -> meta.call(method, arguments));
    }

    private @Nullable Object call(Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "createStatement" ->
                new StatementHandle(((Meta.ConnectionHandle) arguments[0]).id, statements.incrementAndGet(), null);
            // A statement holds nothing but its result set, which it closes itself; the connection closes the database.
            case "closeStatement", "closeConnection" -> null;
            default -> throw new UnsupportedOperationException(method.getName() + " is not how statements run here");
        };
    }
}
