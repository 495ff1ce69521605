package io.rediscalcite.adapter.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WaitCheckTest {
    @Test
    void aPauseEndsWhenItsCheckSaysSo() {
        AtomicInteger looks = new AtomicInteger();
        WaitCheck check = () -> {
            if (looks.incrementAndGet() == 3) {
                throw new RedisSqlException(SqlState.CANCELLED, "enough");
            }
        };
        RedisSqlException ended = assertThrows(RedisSqlException.class, () -> check.pause(TimeUnit.DAYS.toMillis(1)));
        assertEquals("enough", ended.getMessage());
    }

    @Test
    void anInterruptedThreadEndsItAndStaysInterrupted() {
        Thread.currentThread().interrupt();
        RedisSqlException ended =
                assertThrows(RedisSqlException.class, () -> WaitCheck.NONE.pause(TimeUnit.DAYS.toMillis(1)));
        assertEquals(SqlState.CANCELLED, ended.state());
        assertTrue(Thread.interrupted());
    }
}
