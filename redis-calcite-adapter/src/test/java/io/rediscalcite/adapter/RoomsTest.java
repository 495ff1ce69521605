package io.rediscalcite.adapter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the table of imports: which room may know which. */
class RoomsTest {
    private static final String ROOT = "io.rediscalcite.adapter";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    private record Room(String name, List<String> mayImport) {}

    private static final List<Room> TABLE = List.of(
            new Room("error", List.of()),
            new Room("model", List.of("error")),
            new Room("type", List.of("error", "model")),
            new Room("client", List.of("error")),
            new Room("query", List.of("error", "model")),
            new Room("search", List.of("error", "model", "type", "query", "client")),
            new Room("discovery", List.of("error", "model", "type", "search", "client")),
            new Room("rel", List.of("error", "model", "query", "search")),
            new Room("rules", List.of("error", "model", "query", "search", "rel")),
            new Room("exec", List.of("error", "model", "type", "query", "search", "client")),
            new Room("write", List.of("error", "model", "type", "query", "client", "exec")),
            new Room("system", List.of("error", "model", "type", "search", "client", "exec")));

    @TestFactory
    Stream<DynamicTest> eachRoomImportsOnlyWhatItsLineAllows() {
        return TABLE.stream()
                .map(room -> DynamicTest.dynamicTest(room.name(), () -> {
                    List<String> forbidden = new ArrayList<>();
                    for (Room other : TABLE) {
                        if (!other.equals(room) && !room.mayImport().contains(other.name())) {
                            forbidden.add(ROOT + "." + other.name() + "..");
                        }
                    }
                    forbidden.add(ROOT);
                    noClasses()
                            .that()
                            .resideInAPackage(ROOT + "." + room.name() + "..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(forbidden.toArray(String[]::new))
                            .check(CLASSES);
                }));
    }

    @Test
    void everyRoomIsInTheTable() {
        String[] rooms = Stream.concat(Stream.of(ROOT), TABLE.stream().map(room -> ROOT + "." + room.name() + ".."))
                .toArray(String[]::new);
        classes().should().resideInAnyPackage(rooms).check(CLASSES);
    }

    @Test
    void onlyTheClientKnowsRedissonAndNetty() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".client..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.redisson..", "io.netty..")
                .check(CLASSES);
    }

    @Test
    void thePlannerStaysOutOfWhatRuns() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".exec..", ROOT + ".query..", ROOT + ".client..", ROOT + ".discovery..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.calcite.plan..", "org.apache.calcite.rel..", "org.apache.calcite.rex..")
                .check(CLASSES);
    }

    @Test
    void noTwoRoomsKnowEachOther() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}
