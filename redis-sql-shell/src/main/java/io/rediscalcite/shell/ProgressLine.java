package io.rediscalcite.shell;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Output, with a line on the terminal that tells how long a statement has been running, once that takes seconds. The line
 * goes when the statement ends, or when the first rows show on the same terminal.
 */
final class ProgressLine extends FilterWriter {
    private static final int PERIOD_MILLIS = 1000;
    private static final int PATIENCE_MILLIS = 2000;

    private final PrintWriter terminal;
    private final boolean shown;
    private final boolean outputOnTerminal;
    private final AtomicLong characters = new AtomicLong();
    /** While a statement runs whose line may be shown. */
    private @Nullable Timer timer;

    private boolean lineIsThere;

    /** Shows the line only where standard error is a terminal. */
    ProgressLine(Writer out, PrintWriter err, Terminal terminal) {
        super(out);
        this.terminal = err;
        this.shown = terminal.err();
        this.outputOnTerminal = terminal.out();
    }

    /** A statement begins. */
    synchronized void start() {
        if (!shown) {
            return;
        }
        long start = System.nanoTime();
        long charactersBefore = characters.get();
        Timer started = new Timer("progress", true);
        timer = started;
        started.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        show((System.nanoTime() - start) / 1_000_000_000L, characters.get() - charactersBefore);
                    }
                },
                PATIENCE_MILLIS,
                PERIOD_MILLIS);
    }

    /** The statement has ended. */
    synchronized void stop() {
        if (timer == null) {
            return;
        }
        timer.cancel();
        timer = null;
        if (lineIsThere) {
            terminal.print("\r\033[K");
            terminal.flush();
            lineIsThere = false;
        }
    }

    private synchronized void show(long seconds, long written) {
        if (timer == null) {
            return;
        }
        String size = written == 0 ? "" : String.format(Locale.ROOT, ", %.1f MB written", written / 1e6);
        terminal.print("\r\033[K" + seconds + " seconds" + size);
        terminal.flush();
        lineIsThere = true;
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
        written(length);
        super.write(text, offset, length);
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        written(length);
        super.write(text, offset, length);
    }

    @Override
    public void write(int character) throws IOException {
        written(1);
        super.write(character);
    }

    private void written(int count) {
        characters.addAndGet(count);
        if (outputOnTerminal) {
            stop();
        }
    }
}
