package io.rediscalcite.benchmarks.report;

import io.rediscalcite.benchmarks.measure.CaseResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The page docs/performance.md: a text with holes, {@code benchmarks/performance.md}, filled with one run's results. */
public final class Page {
    private final Map<String, String> values;

    /**
     * Of that run.
     *
     * @param machine processor, cores, memory, system
     * @param versions of the server, Java and the peers
     * @param data size of the data and number of rounds
     */
    public Page(List<CaseResult> results, String machine, String versions, String data) {
        values = Map.of(
                "date", LocalDate.now(ZoneOffset.UTC).toString(),
                "machine", machine,
                "versions", versions,
                "data", data,
                "targets", Tables.targets(results),
                "missed", missed(results),
                "side-by-side", Tables.sideBySide(results),
                "questions", Tables.questions(results),
                "all", Tables.all(results));
    }

    private static String missed(List<CaseResult> results) {
        List<String> lines = Tables.missed(results);
        return lines.isEmpty()
                ? "No target was missed in this run.\n"
                : "Missed in this run:\n\n"
                        + lines.stream().map(line -> "- " + line + "\n").collect(Collectors.joining());
    }

    /** Fills {@code template}'s holes, such as <code>{{date}}</code>, and writes the page to {@code file}. */
    public void write(Path template, Path file) throws IOException {
        String text = Files.readString(template);
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace("{{" + value.getKey() + "}}", value.getValue().strip());
        }
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
