package io.rediscalcite.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.rediscalcite.adapter.model.ConnectionSpec;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What begins with a program's first connection: its failures are told to nobody, so they are looked for here. */
class WarmUpTest {
    @Test
    void itsStatementGivesItsRowAndIsNotCounted() {
        long ended = Statements.INSTANCE.getEnded();
        assertEquals(1, new WarmUp().rows());
        assertEquals(ended, Statements.INSTANCE.getEnded());
    }

    @Test
    void onceItIsOverItPlansNothing() {
        WarmUp warmUp = new WarmUp();
        warmUp.end();
        assertThrows(RuntimeException.class, warmUp::rows);
    }

    @Test
    void aConnectionsCloseEndsIt() throws Exception {
        ConnectionSpec spec = ConnectionSpec.parse("jdbc:redis-sql://toy", Map.of());
        new RedisConnection(new RedisDriver(), new RedisFactory(), spec, new ToyDatabase()).close();
        assertThrows(RuntimeException.class, WarmUp.ONCE::rows);
    }
}
