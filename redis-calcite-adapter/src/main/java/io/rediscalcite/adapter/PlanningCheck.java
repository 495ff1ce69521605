package io.rediscalcite.adapter;

import io.rediscalcite.adapter.client.WaitCheck;
import io.rediscalcite.adapter.exec.Execution;
import java.util.Map;
import org.apache.calcite.jdbc.CalcitePrepare;

/**
 * Ends waits for the server while a statement is planned, by that statement's cancel flag and timeout.
 *
 * <p>Calcite's interfaces of schemas and tables don't tell who asks; the context of the statement is to be had from the thread.
 */
final class PlanningCheck {
    private PlanningCheck() {}

    /** The check of the statement that this thread plans; one that ends nothing where it plans none. */
    static WaitCheck current() {
        CalcitePrepare.Context planning = CalcitePrepare.Dummy.peek();
        return planning == null ? WaitCheck.NONE : new Execution(planning.getDataContext(), Map.of());
    }
}
