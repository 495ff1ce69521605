package io.rediscalcite.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.shell.format.OutputFormat;
import io.rediscalcite.testing.RedisServerExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Files into tables, and back. */
class LoadCommandTest {
    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start();

    @TempDir
    Path folder;

    private record Result(int exitCode, String out, String err) {}

    @BeforeEach
    void empty() {
        redis.flush();
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static Result load(Path file, String... options) {
        return loadFrom(redis.url(), file, options);
    }

    private static Result loadFrom(String url, Path file, String... options) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command =
                RedisSql.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true));
        List<String> words = new ArrayList<>(List.of("load", file.toString(), url));
        words.addAll(List.of(options));
        int exitCode = command.execute(words.toArray(new String[0]));
        return new Result(exitCode, out.toString(), err.toString());
    }

    private static String hash(String key) {
        List<?> pairs = (List<?>) redis.exec("HGETALL", key);
        TreeMap<Object, Object> sorted = new TreeMap<>();
        for (int i = 0; i < pairs.size(); i += 2) {
            sorted.put(pairs.get(i), pairs.get(i + 1));
        }
        return sorted.toString();
    }

    @Test
    void aCsvFileBecomesHashesAsItStands() throws IOException {
        Path file =
                file("users.csv", "\ufeffid,name,age\r\n007,\"Ann \"\"A\"\" Lee\",041\r\n8,\"\",\r\n9,\"\",\"\"\n\n");
        Result result = load(file, "--table", "user", "--key", "user:{id}");
        assertEquals("", result.err());
        assertTrue(result.out().startsWith("3 rows of "), result.out());
        assertEquals("{age=041, name=Ann \"A\" Lee}", hash("user:007"));
        assertEquals("{name=}", hash("user:8"));
        assertEquals("{age=, name=}", hash("user:9"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "a.json ~"
                        + " [{\"id\":1,\"name\":\"Ann\",\"age\":1.50},{\"id\":2,\"tags\":[1,{\"a\":null}],\"ok\":true,\"name\":null}]",
                "a.json ~ {\"id\":1,\"name\":\"Ann\",\"age\":1.50} {\"id\":2,\"tags\":[1,{\"a\":null}],\"ok\":true}",
                "a.jsonl ~ {\"id\":1,\"name\":\"Ann\",\"age\":1.50}|{\"id\":2,\"tags\":[1,{\"a\":null}],\"ok\":true}|"
            })
    void jsonObjectsBecomeHashes(String name, String text) throws IOException {
        Result result = load(file(name, text.replace('|', '\n')), "--table", "user", "--key", "user:{id}");
        assertEquals("", result.err());
        assertEquals(0, result.exitCode());
        assertEquals("{age=1.50, name=Ann}", hash("user:1"));
        assertEquals("{ok=true, tags=[1,{\"a\":null}]}", hash("user:2"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "a.csv ~ \"id\",\"name\"|1,Ann|",
                "a.json ~ [{\"id\":1,\"name\":\"Ann\"}]",
                "a.jsonl ~ {\"id\":1,\"name\":\"Ann\"}|"
            })
    void aByteOrderMarkIsNoText(String name, String text) throws IOException {
        Path file = file(name, "\ufeff" + text.replace('|', '\n'));
        Result result = load(file, "--table", "user", "--key", "user:{id}");
        assertEquals("", result.err());
        assertEquals(0, result.exitCode());
        assertEquals("{name=Ann}", hash("user:1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {"a.csv ~ id,name|", "a.json ~ []", "a.json ~ ``", "a.jsonl ~ |"})
    void aFileWithoutRowsIsLoaded(String name, String text) throws IOException {
        Path file = file(name, text.replace('|', '\n'));
        Result result = load(file, "--table", "user", "--key", "user:{id}");
        assertEquals("", result.err());
        assertEquals(0, result.exitCode());
        assertTrue(result.out().startsWith("0 rows of " + file + " written to user "), result.out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{\"name\":\"Ann\"|oops ~ :2: Unexpected character ('o'",
                "|{oops ~ :2: Unexpected character ('o'",
                "{}|{oops ~ :2: Unexpected character ('o'",
                "[|7] ~ :2: expected an object a row, but found 7",
                "[ ~ :1: Unexpected end-of-input",
                "{}|{} ~ :2: the objects up to here name no column"
            })
    void jsonThatHasNoRowToLoadIsNamed(String text, String reason) throws IOException {
        Path file = file("a.json", text.replace('|', '\n'));
        Result result = load(file, "--table", "user", "--key", "user:{id}");
        assertEquals(1, result.exitCode());
        assertTrue(result.err().startsWith("redis-sql: " + file + reason), result.err());
        assertEquals(0L, redis.exec("DBSIZE"));
    }

    private static String lines(int from, int to) {
        StringBuilder lines = new StringBuilder();
        for (int line = from; line <= to; line++) {
            lines.append(line).append(",name ").append(line).append(",1\n");
        }
        return lines.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "'5000,too few', 'expected 3 fields (id, name, age), but found 2'",
        "'5000,too,many,1', 'expected 3 fields (id, name, age), but found 4'",
        "'5000,\"open,1', 'a quote is never closed'",
        "'5000,name,\"open', 'a quote is never closed'"
    })
    void aMalformedLineIsNamedAndNothingBehindItIsWritten(String bad, String reason) throws IOException {
        Path file = file("users.csv", "id,name,age\n" + lines(2, 4_999) + bad + "\n" + lines(5_001, 9_000));
        Result result = load(file, "--table", "user", "--key", "user:{id}");
        assertEquals(1, result.exitCode());
        assertTrue(result.err().startsWith("redis-sql: " + file + ":5000: " + reason), result.err());
        assertTrue(result.err().contains("the rows behind line 4999 were not tried; 4,998 rows of "), result.err());
        assertEquals(4_998L, redis.exec("DBSIZE"));
        assertFalse(Files.exists(folder.resolve("users.failed.csv")));
    }

    @Test
    void rowsThatFailCanBeLoadedAgain() throws Exception {
        redis.exec("HSET", "user:1", "name", "x", "age", "1");
        redis.exec("HSET", "user:9999", "name", "x", "age", "2");
        redis.exec("SET", "user:7", "no hash");
        Path file = file("users.csv", "id,name,age\n" + lines(2, 4_999) + "5000,\"\",old\n" + lines(5_001, 6_000));
        Result first = load(file, "--table", "user");
        assertEquals(1, first.exitCode());
        assertTrue(first.err().contains(file + ":5000: column 'age' is BIGINT, and 'old' isn't\n"), first.err());
        assertTrue(first.err().contains(file + ":7: "), first.err());
        assertTrue(first.err().contains("WRONGTYPE"), first.err());
        assertTrue(first.err().contains("2 failed, which are in "), first.err());
        assertEquals(6_000L, redis.exec("DBSIZE"));
        Path failed = folder.resolve("users.failed.csv");
        assertEquals(
                List.of("5000,\"\",old", "7,name 7,1", "id,name,age"),
                Files.readAllLines(failed).stream().sorted().toList());

        assertTrue(load(file, "--table", "user").err().contains("which is there already"));
        Files.writeString(failed, Files.readString(failed).replace("old", "50"));
        redis.exec("DEL", "user:7");
        Result again = load(failed, "--table", "user");
        assertEquals("", again.err());
        assertEquals("{age=50, name=}", hash("user:5000"));
        assertEquals("{age=1, name=name 7}", hash("user:7"));
    }

    @Test
    void saysWhatIsWrongBeforeAnythingIsWritten() throws IOException {
        Path file = file("users.csv", "id,name\n1,Ann\n");
        assertEquals(
                "redis-sql: the key user:{no} needs a column 'no', and " + file + " has id, name\n",
                load(file, "--table", "user", "--key", "user:{no}").err());
        assertTrue(load(file, "--table", "user").err().endsWith("(SQLState 42S02)\n"));
        redis.exec("HSET", "user:1", "age", "1");
        assertEquals(
                "redis-sql: the table 'user' has no column 'name', which " + file
                        + " has; its columns are _key, id, age, _ttl\n",
                load(file, "--table", "user").err());
        assertEquals(
                "redis-sql: can't tell what users.txt is: its name should end with .csv, .json or .jsonl\n",
                load(Path.of("users.txt"), "--table", "user").err());
        Path nowhere = folder.resolve("nowhere").resolve("failed.csv");
        assertEquals(
                "redis-sql: rows that fail would go to " + nowhere
                        + ", and no file can be made there: name another file by --failed\n",
                load(file, "--table", "user", "--key", "user:{id}", "--failed", nowhere.toString())
                        .err());
        assertEquals(1L, redis.exec("DBSIZE"));
    }

    @Test
    void aRowWithHalfACharacterFailsAloneAndIsKept() throws IOException {
        String half = "{\"id\":\"2\",\"name\":\"x\\uD800\"}";
        Path file = file("users.jsonl", "{\"id\":1,\"name\":\"Ann\"}\n" + half + "\n{\"id\":3,\"name\":\"Zoë\"}\n");
        Result result = load(file, "--table", "user", "--key", "user:{id}");
        assertEquals(1, result.exitCode());
        assertTrue(result.err().contains(file + ":2: "), result.err());
        assertTrue(result.err().contains("redis-sql: 2 rows of "), result.err());
        assertTrue(result.err().contains("1 failed, which are in "), result.err());
        assertEquals(List.of(half), Files.readAllLines(folder.resolve("users.failed.jsonl")));
        assertEquals("{name=Ann}", hash("user:1"));
        assertEquals("{name=Zoë}", hash("user:3"));
        assertEquals(2L, redis.exec("DBSIZE"));
    }

    @Test
    void outputThatHasNoBytesIsAnErrorOfTheOutput() {
        IOException error = assertThrows(IOException.class, () -> {
            try (TextOutput out = new TextOutput(new ByteArrayOutputStream())) {
                out.write("x\uD800y");
            }
        });
        assertEquals("can't write the output: it has half a character at position 2", error.getMessage());
    }

    @Test
    void keyPartsEndAtTheUrlsSeparator() throws IOException {
        Path file = file("users.csv", "id,name\na:b,Ann\n");
        Result result = loadFrom(redis.url() + "?keySeparator=%7C", file, "--table", "user", "--key", "user|{id}");
        assertEquals("", result.err());
        assertEquals("{name=Ann}", hash("user|a:b"));
    }

    @Test
    void aServerThatTakesNothingIsAskedOnce() throws IOException {
        redis.exec("ACL", "SETUSER", "reader", "on", ">pw", "~*", "+@all", "-@write", "-@scripting");
        Path file = file("users.csv", "id,name\n" + lines(2, 30_000).replace(",1\n", "\n"));
        Result result =
                loadFrom(redis.url().replace("//", "//reader:pw@"), file, "--table", "user", "--key", "user:{id}");
        assertEquals(1, result.exitCode());
        assertTrue(result.err().contains("NOPERM"), result.err());
        assertTrue(result.err().contains("... and 9,990 more\n"), result.err());
        assertTrue(result.err().contains("the rows behind line 10001 were not tried; 0 rows of "), result.err());
    }

    @Test
    void whyTheServerTakesNothingIsToldAlsoInFrontOfAMalformedLine() throws IOException {
        redis.exec("ACL", "SETUSER", "reader", "on", ">pw", "~*", "+@all", "-@write", "-@scripting");
        Path file = file("users.csv", "id,name,age\n" + lines(2, 10_001) + "10002,too few\n");
        Result result =
                loadFrom(redis.url().replace("//", "//reader:pw@"), file, "--table", "user", "--key", "user:{id}");
        assertEquals(1, result.exitCode());
        String last = result.err().lines().reduce("", (before, line) -> line);
        assertTrue(last.contains("NOPERM"), last);
        assertFalse(last.contains("expected 3 fields"), last);
        assertTrue(last.contains("the rows behind line 10001 were not tried; 0 rows of "), last);
    }

    /** What is exported comes back the same: NULL and empty texts, bytes, all digits, and what is no UTF-8. */
    @ParameterizedTest
    @CsvSource({"CSV, csv", "JSON, json"})
    void whatIsExportedIsLoadedTheSame(OutputFormat format, String ending) throws Exception {
        redis.exec(
                "HSET",
                "a:1",
                "t",
                "",
                "n",
                "9223372036854775807",
                "f",
                "0.1",
                "at",
                "2020-01-02 03:04:05.678",
                "b",
                "x");
        redis.exec("HSET", "a:2", "t", "a,\"b\"\r\nc 🔑", "n", "-1", "d", "123456789012345678.90", "b", "\0\u007f");
        redis.exec("HSET", "a:3", "f", "-1e+300", "day", "0001-01-01", "time", "23:59:59.999", "yes", "true");
        redis.exec("HSET", "a:4", "t", new byte[] {'x', (byte) 0x80, (byte) 0xff});
        String columns = "columns:[{name:'id', type:'BIGINT'}, {name:'t'}, {name:'n', type:'BIGINT'},"
                + " {name:'f', type:'DOUBLE'}, {name:'d', type:'DECIMAL(20, 2)'}, {name:'at', type:'TIMESTAMP'},"
                + " {name:'day', type:'DATE'}, {name:'time', type:'TIME'}, {name:'yes', type:'BOOLEAN'},"
                + " {name:'b', type:'VARBINARY'}]";
        String url = redis.url() + "?model=inline:{version:'1.0', defaultSchema:'redis', schemas:[{name:'redis',"
                + " type:'custom', factory:'io.rediscalcite.adapter.RedisSchemaFactory', operand:{tables:["
                + "{name:'a', type:'hash', key:'a:{id}', " + columns + "},"
                + " {name:'b', type:'hash', key:'b:{id}', " + columns + "}]}}]}";
        String query = "SELECT id, t, n, f, d, \"at\", \"day\", \"time\", yes, b FROM ";
        byte[] exported = export(url, query + "a ORDER BY id", format);
        Path file = Files.write(folder.resolve("a." + ending), exported);
        Result result = loadFrom(url, file, "--table", "b");
        assertEquals("", result.err());
        assertEquals(0, result.exitCode());
        assertEquals(
                new String(exported, StandardCharsets.ISO_8859_1),
                new String(export(url, query + "b ORDER BY id", format), StandardCharsets.ISO_8859_1));
        for (int id = 1; id <= 4; id++) {
            assertEquals(hash("a:" + id), hash("b:" + id));
        }
    }

    private static byte[] export(String url, String sql, OutputFormat format) throws SQLException, IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql);
                TextOutput out = new TextOutput(bytes)) {
            format.write(rows, out);
        }
        return bytes.toByteArray();
    }
}
