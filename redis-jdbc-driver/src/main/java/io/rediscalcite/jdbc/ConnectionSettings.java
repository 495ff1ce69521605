package io.rediscalcite.jdbc;

import java.time.ZoneId;
import java.util.Map;

/**
 * What the URL and the properties say about a connection's own behaviour.
 *
 * @param url the URL without its password
 * @param user empty where there is none
 * @param timeZone zone of CURRENT_TIMESTAMP and its like
 * @param readOnly refuses every write
 * @param planner Calcite's own connection properties, as the user gave them
 */
record ConnectionSettings(String url, String user, ZoneId timeZone, boolean readOnly, Map<String, String> planner) {
    ConnectionSettings {
        planner = Map.copyOf(planner);
    }
}
