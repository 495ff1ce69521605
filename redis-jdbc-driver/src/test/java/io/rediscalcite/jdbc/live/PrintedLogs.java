package io.rediscalcite.jdbc.live;

import com.google.common.base.Throwables;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/** Prints every line that anything logs to stdout: {@code LEVEL logger message}. For a JVM that is started with {@link #option}. */
public final class PrintedLogs implements SLF4JServiceProvider {
    private static final String LEVEL = "printed-logs.level";

    /** What makes a JVM log here, from {@code level} up. */
    static String[] option(Level level) {
        return new String[] {"-Dslf4j.provider=" + PrintedLogs.class.getName(), "-D" + LEVEL + "=" + level};
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return PrintedLogger::new;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return new BasicMarkerFactory();
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return new NOPMDCAdapter();
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0";
    }

    @Override
    public void initialize() {}

    private static final class PrintedLogger extends LegacyAbstractLogger {
        private static final Level LEAST = Level.valueOf(System.getProperty(LEVEL));

        PrintedLogger(String name) {
            this.name = name;
        }

        @Override
        public boolean isTraceEnabled() {
            return isEnabled(Level.TRACE);
        }

        @Override
        public boolean isDebugEnabled() {
            return isEnabled(Level.DEBUG);
        }

        @Override
        public boolean isInfoEnabled() {
            return isEnabled(Level.INFO);
        }

        @Override
        public boolean isWarnEnabled() {
            return isEnabled(Level.WARN);
        }

        @Override
        public boolean isErrorEnabled() {
            return isEnabled(Level.ERROR);
        }

        private static boolean isEnabled(Level level) {
            return level.toInt() >= LEAST.toInt();
        }

        @Override
        protected String getFullyQualifiedCallerName() {
            return name;
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level, Marker marker, String message, Object[] arguments, Throwable thrown) {
            String trace = thrown == null ? "" : Throwables.getStackTraceAsString(thrown);
            System.out.println(
                    level + " " + name + " " + MessageFormatter.basicArrayFormat(message, arguments) + trace);
        }
    }
}
