package io.rediscalcite.adapter.system;

import io.rediscalcite.adapter.client.WaitCheck;

/** A schema that looks for its tables when they are first asked for. */
public interface Discovered {
    /** Looks for the tables unless they are known; the check may end that. */
    void discover(WaitCheck check);
}
