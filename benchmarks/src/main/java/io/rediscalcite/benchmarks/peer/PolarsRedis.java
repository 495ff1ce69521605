package io.rediscalcite.benchmarks.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rediscalcite.benchmarks.measure.Metric;
import io.rediscalcite.benchmarks.measure.Sample;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * polars-redis in a Python process of its own, which {@code polars_peer.py} drives: a question is a line of JSON, and so is its
 * answer. Python takes the time, so the way between the processes doesn't count.
 */
public final class PolarsRedis implements AutoCloseable {
    private final ObjectMapper json = new ObjectMapper();
    private final Process process;
    private final BufferedReader answers;
    private final Writer questions;

    /**
     * Starts it for the server on {@code port}.
     *
     * @param python of an environment that has polars-redis
     */
    public PolarsRedis(Path python, Path script, int port) throws IOException {
        process = new ProcessBuilder(python.toString(), script.toString(), "redis://127.0.0.1:" + port)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        answers = process.inputReader(StandardCharsets.UTF_8);
        questions = process.outputWriter(StandardCharsets.UTF_8);
    }

    /**
     * Asks the script's question of that name.
     *
     * @throws IOException with Python's own words if it fails
     */
    public Sample ask(String question, Map<String, Object> arguments) throws IOException {
        questions.write(json.writeValueAsString(Map.of("question", question, "arguments", arguments)) + "\n");
        questions.flush();
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("polars_peer.py ended");
        }
        JsonNode answer = json.readTree(line);
        if (answer.has("error")) {
            throw new IOException(answer.get("error").asText());
        }
        return new Sample(
                Map.of(Metric.TIME, answer.get("seconds").asDouble()),
                answer.path("answer").asText());
    }

    @Override
    public void close() throws IOException {
        questions.close();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroy();
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
    }
}
