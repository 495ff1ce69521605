package io.rediscalcite.jdbc.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.CommandCounter;
import io.rediscalcite.testing.RedisServerExtension;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.event.Level;

/** A program connects, and takes its time before it runs a statement: meanwhile the planner's classes are loaded, which nobody notices. */
@Timeout(120)
class FirstConnectionTest {
    private static final String COMPILER = "org.codehaus.janino.UnitCompiler source:";

    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start().plain();

    @Test
    void loadsThePlannersClassesWithoutACommandOrALogLine() throws Exception {
        List<String> options = new ArrayList<>(List.of(PrintedLogs.option(Level.DEBUG)));
        options.add("-Xlog:class+load");
        List<ChildJvm.Ended> programs = new ArrayList<>();
        Map<String, Long> sent =
                new CommandCounter(redis).during(() -> programs.add(ChildJvm.run(options, Program.class, redis.url())));
        String output = programs.get(0).output();
        assertEquals(0, programs.get(0).exitCode(), output);
        assertTrue(
                output.substring(0, output.indexOf("0 statements, 0 commands")).contains(COMPILER));
        assertFalse(output.contains("warm-up"), output);
        assertFalse(output.contains("io.rediscalcite.sql"), output);
        assertEquals(Set.of("hello"), sent.keySet());
    }

    /** Connects, and waits until what that began has ended. */
    static final class Program {
        private Program() {}

        public static void main(String[] args) throws Exception {
            try (Connection connection = DriverManager.getConnection(args[0])) {
                for (Thread thread : Thread.getAllStackTraces().keySet()) {
                    if (thread.getName().equals("warm-up of redis-sql")) {
                        thread.join();
                    }
                }
                System.out.println(counted("Ended") + " statements, " + counted("Commands") + " commands");
                System.out.println(connection.isClosed());
            }
        }

        private static Object counted(String attribute) throws Exception {
            return ManagementFactory.getPlatformMBeanServer()
                    .getAttribute(new ObjectName("io.rediscalcite:type=Statements"), attribute);
        }
    }
}
