package io.rediscalcite.adapter.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What decides whether an index can be trusted, at one moment: asked for in the same transaction as the answer.
 *
 * @param keys keys of the database
 * @param otherDatabases whether other logical databases have keys; an index is over those too
 * @param expiring keys of the database that will expire, or have and are still there
 * @param expiringFields hashes with fields that will
 */
public record IndexState(IndexInfo info, long keys, boolean otherDatabases, long expiring, long expiringFields) {
    private static final Pattern DATABASE = Pattern.compile("db(\\d+):keys=(\\d+),expires=(\\d+)(.*)");
    private static final Pattern FIELDS = Pattern.compile("subexpiry=(\\d+)");

    /** @param keyspace the text of {@code INFO keyspace} */
    public static IndexState of(IndexInfo info, String keyspace) {
        long keys = 0;
        long expiring = 0;
        long expiringFields = 0;
        boolean others = false;
        for (String line : keyspace.lines().toList()) {
            Matcher database = DATABASE.matcher(line.strip());
            if (database.matches() && !database.group(1).equals("0")) {
                others = true;
            } else if (database.matches()) {
                keys = Long.parseLong(database.group(2));
                expiring = Long.parseLong(database.group(3));
                Matcher fields = FIELDS.matcher(database.group(4));
                expiringFields = fields.find() ? Long.parseLong(fields.group(1)) : 0;
            }
        }
        return new IndexState(info, keys, others, expiring, expiringFields);
    }

    /**
     * Why documents may be missing from what the index finds.
     *
     * @param negative whether it is asked for what documents lack
     */
    public Optional<String> lacking(boolean negative) {
        List<String> reasons = new ArrayList<>();
        if (info.building()) {
            reasons.add("it is still being built");
        }
        if (info.failures() > 0) {
            reasons.add("it couldn't take " + info.failures() + " documents"
                    + (info.lastFailure().isEmpty() ? "" : ", the last " + info.lastFailure())
                    + "; repair them, then make the index anew");
        }
        if (otherDatabases) {
            reasons.add("other logical databases have keys, which it mixes with those of this one");
        }
        if (negative && expiringFields > 0) {
            reasons.add("fields expire, and it finds them until they are removed");
        }
        return reasons.stream().findFirst();
    }

    /** Why it may count documents that are no rows any more, beside {@link #lacking}. */
    public Optional<String> inexact() {
        if (expiring > 0 || expiringFields > 0) {
            return Optional.of("keys expire, and it counts them until they are removed");
        }
        return lacking(true);
    }
}
