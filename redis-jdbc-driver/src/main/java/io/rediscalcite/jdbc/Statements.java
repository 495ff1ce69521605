package io.rediscalcite.jdbc;

import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.LongAdder;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what all statements of the program do. */
final class Statements implements StatementsMXBean {
    static final Statements INSTANCE = new Statements();

    private static final Logger LOG = LoggerFactory.getLogger(Statements.class);
    private static final String NAME = "io.rediscalcite:type=Statements";

    private final LongAdder ended = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder stopped = new LongAdder();
    private final LongAdder rows = new LongAdder();
    private final LongAdder commands = new LongAdder();

    private Statements() {}

    /** Shows the numbers under JMX. A second driver of one program, as in two web applications, is counted but not shown. */
    static void register() {
        try {
            ManagementFactory.getPlatformMBeanServer().registerMBean(INSTANCE, new ObjectName(NAME));
        } catch (JMException | SecurityException notShown) {
            LOG.debug("not under JMX", notShown);
        }
    }

    void ended(long givenRows, long sentCommands) {
        ended.increment();
        rows.add(givenRows);
        commands.add(sentCommands);
    }

    void failed(long sentCommands, boolean onDemand) {
        failed.increment();
        commands.add(sentCommands);
        if (onDemand) {
            stopped.increment();
        }
    }

    @Override
    public long getEnded() {
        return ended.sum();
    }

    @Override
    public long getFailed() {
        return failed.sum();
    }

    @Override
    public long getStopped() {
        return stopped.sum();
    }

    @Override
    public long getRows() {
        return rows.sum();
    }

    @Override
    public long getCommands() {
        return commands.sum();
    }

    @Override
    public int getOpenClients() {
        return SharedDatabases.LIVE.size();
    }
}
