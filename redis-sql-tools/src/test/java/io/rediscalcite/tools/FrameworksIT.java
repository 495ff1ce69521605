package io.rediscalcite.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.RedisServerExtension;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;
import org.jooq.DSLContext;
import org.jooq.Meta;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import sqlline.SqlLine;

/** Spring, jOOQ, MyBatis and sqlline. */
class FrameworksIT {
    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start();

    @BeforeAll
    static void load() {
        Items.load(redis, 2000);
    }

    /** A row for {@link JdbcClient}. */
    record Item(long id, long v, String name) {}

    @Test
    void springsJdbcTemplate() {
        JdbcTemplate template = new JdbcTemplate(new DriverManagerDataSource(redis.url()));
        assertEquals(2000, template.queryForObject("SELECT COUNT(*) FROM item", Integer.class));
        assertEquals(
                List.of("n3", "n4"),
                template.queryForList("SELECT name FROM item WHERE id IN (?, ?) ORDER BY v", String.class, 3, 4));
        Map<String, Object> row = template.queryForMap("SELECT * FROM item WHERE id = ?", 7);
        assertEquals("item:7", row.get("_key"));
        assertEquals(7L, row.get("V"));
        template.setMaxRows(5);
        template.setFetchSize(100);
        assertEquals(5, template.queryForList("SELECT * FROM item").size());
        assertThrows(BadSqlGrammarException.class, () -> template.queryForList("SELECT * FROM nowhere"));
        template.setQueryTimeout(1);
        assertThrows(
                QueryTimeoutException.class,
                () -> template.queryForList("SELECT COUNT(*) FROM item a, item b, item c WHERE a.v + b.v + c.v < 0"));
    }

    @Test
    void springsJdbcClient() {
        JdbcClient client = JdbcClient.create(new DriverManagerDataSource(redis.url()));
        List<Item> items = client.sql("SELECT id, v, name FROM item WHERE v BETWEEN :low AND :high ORDER BY v")
                .param("low", 10)
                .param("high", 12)
                .query(Item.class)
                .list();
        assertEquals(List.of(new Item(10, 10, "n10"), new Item(11, 11, "n11"), new Item(12, 12, "n12")), items);
        assertThrows(
                DataAccessException.class, () -> client.sql("SELEKT").query().listOfRows());
    }

    @Test
    void jooqsMetaAndQueries() throws Exception {
        try (Connection connection = DriverManager.getConnection(redis.url())) {
            DSLContext jooq = DSL.using(connection, SQLDialect.POSTGRES, new Settings());
            Meta meta = DSL.using(connection, SQLDialect.DEFAULT).meta();
            Table<?> item = meta.getTables("item").get(0);
            assertEquals("redis", item.getSchema().getName());
            assertEquals(
                    List.of("_key", "id", "v", "name", "_ttl"),
                    List.of(item.fields()).stream()
                            .map(field -> field.getName())
                            .toList());
            assertEquals(Long.class, item.field("v").getType());
            assertEquals("_key", item.getPrimaryKey().getFieldsArray()[0].getName());
            assertEquals(
                    2000L * 2001 / 2,
                    jooq.select(DSL.sum(DSL.field(DSL.name("v"), Long.class)))
                            .from(DSL.table(DSL.name("item")))
                            .fetchOne(0, Long.class));
            assertEquals(
                    List.of("n5", "n6"),
                    jooq.select(DSL.field(DSL.name("name"), String.class))
                            .from(DSL.table(DSL.name("redis", "item")))
                            .where(DSL.field(DSL.name("id"), Long.class).in(5L, 6L))
                            .orderBy(DSL.field(DSL.name("v")))
                            .limit(2)
                            .fetch(0, String.class));
        }
    }

    /** Queries of MyBatis. */
    interface ItemMapper {
        @Select("SELECT id, v, name FROM item WHERE id = #{id}")
        Map<String, Object> byId(@Param("id") long id);

        @Select("SELECT COUNT(*) FROM item WHERE name LIKE #{pattern}")
        long count(@Param("pattern") String pattern);
    }

    @Test
    void myBatis() {
        Configuration configuration = new Configuration(
                new Environment("test", new JdbcTransactionFactory(), new DriverManagerDataSource(redis.url())));
        configuration.addMapper(ItemMapper.class);
        try (SqlSession session =
                new SqlSessionFactoryBuilder().build(configuration).openSession()) {
            ItemMapper items = session.getMapper(ItemMapper.class);
            assertEquals(Map.of("id", 9L, "v", 9L, "name", "n9"), items.byId(9));
            assertEquals(111, items.count("n19%"));
            session.commit();
        }
    }

    @Test
    void sqlline() throws Exception {
        String out = sqlline(
                """
                !tables
                !columns item
                !primarykeys item
                !indexes item
                !dbinfo
                !metadata getCatalogs
                SELECT name, v FROM item WHERE id = 42;
                """);
        for (String expected : List.of(
                "TABLE_SCHEM",
                "item",
                "VARCHAR",
                "BIGINT",
                "item_pkey",
                "getDatabaseProductName",
                "n42",
                "1 row selected")) {
            assertTrue(out.contains(expected), expected + " isn't in " + out);
        }
        assertTrue(!out.contains("Exception") && !out.contains("Error:"), out);
    }

    private static String sqlline(String script) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SqlLine line = new SqlLine();
        line.setOutputStream(new PrintStream(out, true, StandardCharsets.UTF_8));
        line.setErrorStream(new PrintStream(out, true, StandardCharsets.UTF_8));
        line.begin(
                new String[] {
                    "-d", "io.rediscalcite.jdbc.RedisDriver", "-u", redis.url(), "-n", "", "-p", "", "--color=false"
                },
                new java.io.ByteArrayInputStream((script + "!quit\n").getBytes(StandardCharsets.UTF_8)),
                false);
        return out.toString(StandardCharsets.UTF_8);
    }
}
