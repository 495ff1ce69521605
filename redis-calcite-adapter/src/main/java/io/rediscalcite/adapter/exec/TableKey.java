package io.rediscalcite.adapter.exec;

import java.util.List;

/**
 * A key of the queried table.
 *
 * @param raw its name as Redis has it
 * @param text its name as text
 * @param parts texts of its parts, in the pattern's order
 */
record TableKey(byte[] raw, String text, List<String> parts) {}
