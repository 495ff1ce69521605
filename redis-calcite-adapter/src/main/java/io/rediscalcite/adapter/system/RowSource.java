package io.rediscalcite.adapter.system;

import java.util.List;
import java.util.Map;

/** Reads all rows of a system table. */
@FunctionalInterface
interface RowSource {
    /** Rows as texts by the name of their field; a field that isn't there is NULL. */
    List<Map<String, String>> rows(Session session);
}
