package io.rediscalcite.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.rediscalcite.testing.RedisServerExtension;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.List;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.cfg.Configuration;
import org.hibernate.dialect.PostgreSQLDialect;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Hibernate, with its dialect of PostgreSQL: reads and writes an entity, and queries. */
@Tag("hibernate")
class HibernateIT {
    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start().plain();

    private static SessionFactory sessions;

    /** A hash {@code item:{id}}. */
    @Entity(name = "Item")
    @Table(name = "item")
    static class Item {
        @Id
        long id;

        @Column(name = "v")
        long size;

        String name;
    }

    @BeforeAll
    static void configure() {
        Items.load(redis, 200);
        sessions = new Configuration()
                .addAnnotatedClass(Item.class)
                .setProperty(AvailableSettings.JAKARTA_JDBC_URL, redis.url())
                .setProperty(AvailableSettings.JAKARTA_JDBC_DRIVER, "io.rediscalcite.jdbc.RedisDriver")
                .setProperty(AvailableSettings.DIALECT, PostgreSQLDialect.class.getName())
                .buildSessionFactory();
    }

    @AfterAll
    static void close() {
        sessions.close();
    }

    @Test
    void findsAnEntityByItsKey() {
        try (Session session = sessions.openSession()) {
            Item item = session.find(Item.class, 7L);
            assertEquals("n7", item.name);
            assertEquals(7, item.size);
            assertNull(session.find(Item.class, 7777L));
        }
    }

    @Test
    void queries() {
        try (Session session = sessions.openSession()) {
            assertEquals(
                    List.of("n20", "n19", "n18"),
                    session.createQuery(
                                    "select i.name from Item i where i.size <= :most order by i.size desc",
                                    String.class)
                            .setParameter("most", 20)
                            .setMaxResults(3)
                            .list());
            assertEquals(
                    List.of("n12", "n13"),
                    session
                            .createQuery("from Item i where i.name like 'n1_' order by i.size", Item.class)
                            .setFirstResult(2)
                            .setMaxResults(2)
                            .list()
                            .stream()
                            .map(item -> item.name)
                            .toList());
            assertEquals(
                    100.5,
                    session.createQuery("select avg(i.size) from Item i where i.id <= 200", Double.class)
                            .getSingleResult());
            assertEquals(
                    List.of("n5"),
                    session
                            .createNativeQuery("SELECT * FROM item WHERE _key = :key", Item.class)
                            .setParameter("key", "item:5")
                            .list()
                            .stream()
                            .map(item -> item.name)
                            .toList());
        }
    }

    @Test
    void writesAnEntity() {
        Item item = new Item();
        item.id = 1001;
        item.size = 3;
        item.name = "new";
        sessions.inTransaction(session -> session.persist(item));
        assertEquals("new", redis.exec("HGET", "item:1001", "name"));
        sessions.inTransaction(session -> session.find(Item.class, 1001L).name = "changed");
        assertEquals("changed", redis.exec("HGET", "item:1001", "name"));
        assertEquals("3", redis.exec("HGET", "item:1001", "v"));
        sessions.inTransaction(session -> session.remove(session.find(Item.class, 1001L)));
        assertEquals(0L, redis.exec("EXISTS", "item:1001"));
    }
}
