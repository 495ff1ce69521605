package io.rediscalcite.adapter.client;

import java.util.Map;

/**
 * What the first server that answered said of itself.
 *
 * @param version as {@code 7.4.1}; {@code unknown} where it didn't say
 * @param modules the loaded modules' names as the server spells them ({@code search}, {@code ReJSON},
 *     {@code timeseries}), and their version numbers
 */
public record ServerInfo(Mode mode, String version, Map<String, Long> modules) {
    public ServerInfo {
        modules = Map.copyOf(modules);
    }

    public boolean hasModule(String name) {
        return modules.containsKey(name);
    }
}
