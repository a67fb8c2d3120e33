package io.betrue.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.betrue.house.Compiled.CLASSES;

import org.junit.jupiter.api.Test;

/** Holds the arrows within a toolkit, between the core and its transports or backends. */
class PackageArrowsTest {
    @Test
    void commandsKnowNoTransport() {
        noClasses()
                .that()
                .resideInAPackage("io.betrue.commands")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "io.betrue.commands.http..",
                        "io.betrue.commands.ws..",
                        "io.betrue.commands.hub..",
                        "io.betrue.commands.nats..",
                        "io.betrue.commands.gateway..",
                        "io.javalin..",
                        "jakarta.servlet..",
                        "org.eclipse.jetty..",
                        "java.net.http..",
                        "io.nats.."))
                .check(CLASSES);
    }

    @Test
    void commandsOverHttpKnowTheCoreAndNoOtherTransport() {
        noClasses()
                .that()
                .resideInAPackage("io.betrue.commands.http..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.betrue..")
                        .and(not(resideInAnyPackage(
                                "io.betrue.commands",
                                "io.betrue.commands.internal..",
                                "io.betrue.commands.http..",
                                "io.betrue.schema..",
                                "io.betrue.errors.."))))
                .check(CLASSES);
    }

    @Test
    void commandsOverWebSocketKnowNoOtherTransport() {
        noClasses()
                .that()
                .resideInAnyPackage("io.betrue.commands.ws..", "io.betrue.commands.internal..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.betrue..")
                        .and(not(resideInAnyPackage(
                                "io.betrue.commands",
                                "io.betrue.commands.internal..",
                                "io.betrue.commands.ws..",
                                "io.betrue.errors.."))))
                .check(CLASSES);
    }

    @Test
    void commandsOverNatsKnowTheCoreAlone() {
        noClasses()
                .that()
                .resideInAPackage("io.betrue.commands.nats..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "io.betrue.commands.http..",
                        "io.betrue.commands.ws..",
                        "io.betrue.commands.hub..",
                        "io.betrue.commands.gateway..",
                        "io.javalin..",
                        "org.eclipse.jetty..",
                        "java.net.http.."))
                .check(CLASSES);
    }

    @Test
    void commandsInPostgresKnowTheCoreAndJdbcAlone() {
        noClasses()
                .that()
                .resideInAPackage("io.betrue.commands.postgres..")
                .should()
                .dependOnClassesThat(not(resideInAnyPackage(
                        "io.betrue.commands",
                        "io.betrue.commands.postgres..",
                        "io.betrue.errors..",
                        "com.fasterxml.jackson..",
                        "java..",
                        "javax.sql..",
                        "org.jspecify..")))
                .check(CLASSES);
    }

    @Test
    void hubsKnowConnectionsAndNoTransport() {
        noClasses()
                .that()
                .resideInAPackage("io.betrue.commands.hub..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.betrue..")
                        .and(not(resideInAnyPackage(
                                "io.betrue.commands", "io.betrue.commands.hub..", "io.betrue.errors.."))))
                .orShould()
                .dependOnClassesThat(resideInAnyPackage("io.javalin..", "org.eclipse.jetty.."))
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("io.betrue.commands.hub")
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.betrue.commands.hub.nats..", "io.nats.."))
                .check(CLASSES);
        noClasses()
                .that(resideInAPackage("io.betrue.commands..").and(not(resideInAPackage("io.betrue.commands.hub.."))))
                .should()
                .dependOnClassesThat(resideInAPackage("io.betrue.commands.hub.."))
                .check(CLASSES);
    }

    @Test
    void jobsKnowNoBackendOutsideItsPackage() {
        noClasses()
                .that()
                .resideInAnyPackage("io.betrue.jobs", "io.betrue.jobs.internal..", "io.betrue.jobs.testing..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "io.betrue.jobs.postgres..",
                        "io.betrue.jobs.nats..",
                        "io.betrue.jobs.events..",
                        "io.betrue.jobs.daemon..",
                        "io.betrue.jobs.dashboard..",
                        "org.postgresql..",
                        "org.jdbi..",
                        "org.flywaydb..",
                        "io.nats..",
                        "com.zaxxer..",
                        "picocli..",
                        "io.javalin.."))
                .check(CLASSES);
    }

    @Test
    void backendsOfJobsDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage("io.betrue.jobs.nats..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "io.betrue.jobs.postgres..",
                        "io.betrue.jobs.daemon..",
                        "io.betrue.jobs.dashboard..",
                        "io.betrue.jobs.testing..",
                        "com.zaxxer..",
                        "picocli..",
                        "io.javalin.."))
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("io.betrue.jobs.postgres..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "io.betrue.jobs.nats..",
                        "io.betrue.jobs.daemon..",
                        "io.betrue.jobs.dashboard..",
                        "io.betrue.jobs.testing..",
                        "io.nats.."))
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("io.betrue.jobs.dashboard..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("io.betrue.jobs.postgres..", "io.betrue.jobs.nats..", "io.nats.."))
                .check(CLASSES);
    }

    @Test
    void eventsStandOnJobsInPostgresqlAndNobodyKnowsThem() {
        noClasses()
                .that()
                .resideInAPackage("io.betrue.jobs.events..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "io.betrue.jobs.nats..",
                        "io.betrue.jobs.daemon..",
                        "io.betrue.jobs.dashboard..",
                        "io.betrue.jobs.testing..",
                        "io.nats..",
                        "com.zaxxer..",
                        "picocli..",
                        "io.javalin.."))
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("io.betrue.jobs..")
                .and(not(resideInAPackage("io.betrue.jobs.events..")))
                .should()
                .dependOnClassesThat(resideInAPackage("io.betrue.jobs.events.."))
                .check(CLASSES);
    }
}
