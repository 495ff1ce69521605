package io.rediscalcite.jdbc.window;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.Linq4j;
import org.jspecify.annotations.Nullable;

/** The windows of one plan node. Public because generated code calls it. */
public final class Windows {
    /** Stops a run that was cancelled or is late; the driver's run is one. */
    public interface Stoppable {
        /**
         * Returns if the run may go on.
         *
         * @throws RuntimeException if it may not
         */
        void check();
    }

    /** Steps between two looks at the clock. */
    private static final int STRIDE = 1024;

    /**
     * One OVER clause and the functions that have it.
     *
     * @param partitionFields indexes of the PARTITION BY columns
     */
    record Group(List<Integer> partitionFields, RowOrder order, Frame frame, List<WindowFunction> functions) {}

    private final int width;
    private final List<Group> groups;

    /** @param width number of the input's fields */
    Windows(int width, List<Group> groups) {
        this.width = width;
        this.groups = groups;
    }

    /** {@code rows}, each with the values of all functions behind its fields. Reads all rows when it is opened. */
    public Enumerable<@Nullable Object[]> apply(Enumerable<@Nullable Object[]> rows, DataContext context) {
        return new AbstractEnumerable<>() {
            @Override
            public Enumerator<@Nullable Object[]> enumerator() {
                return Linq4j.enumerator(rowsWithResults(rows, context));
            }
        };
    }

    private List<@Nullable Object[]> rowsWithResults(Enumerable<@Nullable Object[]> input, DataContext context) {
        int results =
                groups.stream().mapToInt(group -> group.functions().size()).sum();
        List<@Nullable Object[]> rows = new ArrayList<>();
        try (Enumerator<@Nullable Object[]> enumerator = input.enumerator()) {
            while (enumerator.moveNext()) {
                rows.add(Arrays.copyOf(enumerator.current(), width + results));
            }
        }
        WindowFunction.Check check = check(context);
        int target = width;
        for (Group group : groups) {
            for (Partition partition : partitions(rows, group)) {
                evaluate(group, partition, target, check);
            }
            target += group.functions().size();
        }
        return rows;
    }

    private static List<Partition> partitions(List<@Nullable Object[]> rows, Group group) {
        if (group.partitionFields().isEmpty()) {
            return List.of(new Partition(rows, group.order()));
        }
        Map<List<@Nullable Object>, List<@Nullable Object[]>> byKey = new LinkedHashMap<>();
        for (@Nullable Object[] row : rows) {
            byKey.computeIfAbsent(Partition.key(row, group.partitionFields()), key -> new ArrayList<>())
                    .add(row);
        }
        return byKey.values().stream()
                .map(members -> new Partition(members, group.order()))
                .toList();
    }

    private static void evaluate(Group group, Partition partition, int target, WindowFunction.Check check) {
        List<@Nullable Object[]> rows = partition.rows();
        int field = target;
        for (WindowFunction function : group.functions()) {
            function.evaluate(partition, group.frame(), rows, field++, check);
        }
    }

    private static WindowFunction.Check check(DataContext context) {
        if (!(context instanceof Stoppable run)) {
            return () -> {};
        }
        int[] steps = {0};
        return () -> {
            if (++steps[0] == STRIDE) {
                steps[0] = 0;
                run.check();
            }
        };
    }
}
