package io.rediscalcite.jdbc;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Arrays;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each method of JDBC's interfaces answers or throws an {@link SQLException} with its state, whatever it is given. */
class JdbcInterfacesTest {
    /** An object to call, and what must be closed then. */
    private interface Subject {
        Object of(Connection connection) throws SQLException;
    }

    @TestFactory
    Stream<DynamicContainer> everyMethod() {
        return Stream.of(
                methods(Connection.class, connection -> connection),
                methods(DatabaseMetaData.class, Connection::getMetaData),
                methods(Statement.class, Connection::createStatement),
                methods(PreparedStatement.class, JdbcInterfacesTest::prepared),
                methods(ParameterMetaData.class, connection -> prepared(connection)
                        .getParameterMetaData()),
                methods(ResultSet.class, JdbcInterfacesTest::onFirstRow),
                methods(ResultSetMetaData.class, connection -> onFirstRow(connection)
                        .getMetaData()),
                methods(DataSource.class, connection -> new RedisDataSource()));
    }

    private static PreparedStatement prepared(Connection connection) throws SQLException {
        return connection.prepareStatement("SELECT * FROM flight WHERE id = ?");
    }

    @SuppressWarnings("resource") // Closed with the connection.
    private static ResultSet onFirstRow(Connection connection) throws SQLException {
        ResultSet result = connection.createStatement().executeQuery("SELECT * FROM flight ORDER BY id");
        assertTrue(result.next());
        return result;
    }

    /** One for all, so that each statement is planned once. */
    private static final ToyDatabase DATABASE = new ToyDatabase();

    private static DynamicContainer methods(Class<?> type, Subject subject) {
        return DynamicContainer.dynamicContainer(
                type.getSimpleName(),
                Arrays.stream(type.getMethods())
                        .map(method -> DynamicTest.dynamicTest(
                                method.getName() + Arrays.toString(method.getParameterTypes()), () -> {
                                    for (boolean blank : new boolean[] {true, false}) {
                                        callOpenAndClosed(subject, method, blank);
                                    }
                                })));
    }

    private static void callOpenAndClosed(Subject subject, Method method, boolean blank) throws Exception {
        Connection connection = DATABASE.connect();
        try {
            Object object = subject.of(connection);
            call(object, method, blank);
            call(object, method, blank);
            connection.close();
            call(object, method, blank);
        } finally {
            connection.close();
        }
    }

    private static void call(Object object, Method method, boolean blank) throws Exception {
        Object[] arguments = Arrays.stream(method.getParameterTypes())
                .map(type -> blank ? blank(type) : plausible(type))
                .toArray();
        try {
            method.invoke(object, arguments);
        } catch (InvocationTargetException e) {
            StackTraceElement thrower = e.getCause().getStackTrace()[0];
            if (e.getCause() instanceof NullPointerException
                    && thrower.getClassName().equals(method.getDeclaringClass().getName())) {
                return; // The interface's own code, which says that it takes no null.
            }
            assertTrue(
                    e.getCause() instanceof SQLException thrown && thrown.getSQLState() != null,
                    () -> "threw " + e.getCause() + " given " + Arrays.toString(arguments));
        }
    }

    private static Object blank(Class<?> type) {
        return type == boolean.class ? (Object) false : type.isPrimitive() ? number(type, 0) : null;
    }

    private static Object plausible(Class<?> type) {
        if (type == boolean.class) {
            return true;
        }
        if (type.isPrimitive()) {
            return number(type, 1);
        }
        if (type == String.class) {
            return "flight";
        }
        if (type == Class.class) {
            return String.class;
        }
        if (type == Executor.class) {
            return (Executor) Runnable::run;
        }
        if (type == Properties.class) {
            return new Properties();
        }
        if (type == int[].class) {
            return new int[] {1};
        }
        if (type == Object[].class) {
            return new Object[] {1};
        }
        return type == Object.class
                ? Integer.valueOf(Types.INTEGER)
                : type == String[].class ? new String[] {"x"} : null;
    }

    private static Object number(Class<?> type, int value) {
        if (type == byte.class) {
            return (byte) value;
        }
        if (type == short.class) {
            return (short) value;
        }
        if (type == long.class) {
            return (long) value;
        }
        if (type == float.class) {
            return (float) value;
        }
        return type == double.class ? (Object) (double) value : (Object) value;
    }
}
