package io.rediscalcite.jdbc.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Throwables;
import io.rediscalcite.jdbc.RedisDataSource;
import io.rediscalcite.testing.RedisServerExtension;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.event.Level;

/** No password in any text that leaves the driver: a program prints them all, with every log line there is, and they are searched. */
@Timeout(120)
class SecretsTest {
    /** Two that are known, and begin alike however they are encoded in a URL. */
    private static final String RIGHT = "hushRight/%1";

    private static final String WRONG = "hushWrong/%2";

    @RegisterExtension
    static final RedisServerExtension redis =
            RedisServerExtension.start().plain().password(RIGHT);

    @Test
    void aPasswordIsInNoText() throws Exception {
        ChildJvm.Ended ended =
                ChildJvm.run(List.of(PrintedLogs.option(Level.TRACE)), Program.class, "127.0.0.1:" + redis.port());
        assertEquals(0, ended.exitCode(), ended.output());
        for (String shown : List.of(
                "TRACE ",
                "io.rediscalcite.sql",
                "url jdbc:redis-sql://",
                "option keyStorePassword",
                "failed 28000",
                "failed 08001",
                "failed 01S00",
                "failed 42000",
                "io.rediscalcite:type=Statements OpenClients 1")) {
            assertTrue(ended.output().contains(shown), shown + " isn't in " + ended.output());
        }
        List<String> telling =
                ended.output().lines().filter(line -> line.contains("hush")).toList();
        assertEquals(List.of(), telling);
    }

    /** Connects in every way, well and badly, and prints whatever can be asked for. */
    static final class Program {
        private Program() {}

        private static String encoded(String password) {
            return Live.percent(password).replace("/", "%2F");
        }

        public static void main(String[] args) throws Exception {
            String server = args[0];
            String right = "jdbc:redis-sql://:" + encoded(RIGHT) + "@" + server;
            try (Connection connection = DriverManager.getConnection(right)) {
                tell(connection);
            }
            RedisDataSource source = new RedisDataSource();
            source.setUrl("jdbc:redis-sql://" + server);
            source.setPassword(RIGHT);
            source.setKeyStorePassword(WRONG);
            System.out.println(source);
            try (Connection connection = source.getConnection()) {
                tell(connection);
            }
            String model = Live.model("{name:'item', type:'hash', key:'item:{id}'}")
                    .replace("operand:{", "operand:{url:'jdbc:redis-sql://:" + encoded(WRONG) + "@" + server + "',");
            try (Connection connection = DriverManager.getConnection(right + "?model=" + Live.percent(model))) {
                tell(connection);
            }
            Properties properties = new Properties();
            properties.setProperty("password", RIGHT);
            properties.setProperty("trustStorePassword", WRONG);
            for (DriverPropertyInfo info : DriverManager.getDriver(right).getPropertyInfo(right, properties)) {
                System.out.println("option " + info.name + " " + info.value + " " + info.description);
            }
            failToConnect(server);
        }

        private static void tell(Connection connection) throws Exception {
            System.out.println("url " + connection.getMetaData().getURL());
            System.out.println(connection.getMetaData().getUserName() + connection.getClientInfo());
            try (Statement statement = connection.createStatement()) {
                statement.executeQuery("SELEKT");
            } catch (SQLException e) {
                print(e);
            }
            try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM system.info");
                    ResultSet result = statement.executeQuery()) {
                System.out.println(connection + " " + statement + " " + result + " "
                        + Live.rows(result).size());
            }
            System.out.println(Live.rows(connection, "SELECT * FROM system.clients"));
            System.out.println(Live.plan(connection, "SELECT * FROM system.info"));
            MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
            for (ObjectName name : beans.queryNames(new ObjectName("io.rediscalcite:*"), null)) {
                for (MBeanAttributeInfo attribute : beans.getMBeanInfo(name).getAttributes()) {
                    System.out.println(
                            name + " " + attribute.getName() + " " + beans.getAttribute(name, attribute.getName()));
                }
            }
            Thread.getAllStackTraces().keySet().forEach(thread -> System.out.println(thread.getName()));
        }

        private static void failToConnect(String server) throws Exception {
            String wrong = ":" + encoded(WRONG) + "@";
            int closed = closedPort();
            try (ServerSocket mute = new ServerSocket(0)) {
                for (String rest : List.of(
                        wrong + server,
                        "nobody" + wrong + server,
                        server + "?password=" + encoded(WRONG),
                        wrong + "127.0.0.1:" + closed,
                        wrong + "no-such-host.invalid",
                        wrong + "127.0.0.1:" + mute.getLocalPort() + "?connectTimeout=300",
                        wrong + server + "?mode=cluster",
                        wrong + server + "?pasword=" + encoded(WRONG),
                        wrong + server + "?batchSize=" + "none",
                        wrong + server + "/" + "zero",
                        ":" + WRONG + "@" + server,
                        wrong + server + "?tls=true",
                        wrong + server + "?tls=true&trustStore=/nowhere&trustStorePassword=" + encoded(WRONG),
                        wrong + server + "?tls=true&keyStore=/dev/null&keyStorePassword=" + encoded(WRONG),
                        ":" + encoded(RIGHT) + "@" + server + "?model=/nowhere.json",
                        ":" + encoded(RIGHT) + "@" + server + "?model=inline:{password:" + encoded(WRONG),
                        ":" + encoded(RIGHT) + "@" + server + "?model="
                                + Live.percent("inline:{version:'1.0',schemas:[{name:'r',type:'custom',"
                                        + "factory:'io.rediscalcite.adapter.RedisSchemaFactory',operand:{password:'"
                                        + WRONG + "',tabels:[]}}]}"))) {
                    try {
                        DriverManager.getConnection("jdbc:redis-sql://" + rest).close();
                        throw new AssertionError("connected");
                    } catch (SQLException e) {
                        print(e);
                    }
                }
            }
        }

        private static int closedPort() throws Exception {
            try (ServerSocket free = new ServerSocket(0)) {
                return free.getLocalPort();
            }
        }

        private static void print(SQLException e) {
            System.out.println("failed " + e.getSQLState() + " " + e);
            System.out.println(Throwables.getStackTraceAsString(e));
        }
    }
}
