package io.betrue.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds the arrows of docs/architecture.md: they point down, and there are no others. */
class ArrowsTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.betrue");

    private static final List<String> SERVICES = List.of(
            "io.betrue.examples.accounts",
            "io.betrue.examples.chat",
            "io.betrue.examples.files",
            "io.betrue.examples.ledger");

    @Test
    void configStandsAlone() {
        noClasses()
                .that()
                .resideInAPackage("io.betrue.config..")
                .should()
                .dependOnClassesThat(not(
                        resideInAnyPackage("io.betrue.config..", "java..", "org.jspecify..", "org.snakeyaml.engine..")))
                .check(CLASSES);
    }

    @Test
    void nobodyButApplicationsReadsConfiguration() {
        noClasses()
                .that(not(resideInAnyPackage(
                        "io.betrue.config..",
                        "io.betrue.examples.wallet..",
                        "io.betrue.examples.monolith..",
                        "io.betrue.examples.microservices..",
                        "io.betrue.benchmarks..")))
                .should()
                .dependOnClassesThat(resideInAPackage("io.betrue.config.."))
                .check(CLASSES);
    }

    @Test
    void errorsIsTheGroundFloor() {
        noClasses()
                .that()
                .resideInAPackage("io.betrue.errors..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.betrue..").and(not(resideInAPackage("io.betrue.errors.."))))
                .check(CLASSES);
    }

    @Test
    void staticFilesStandAlone() {
        noClasses()
                .that()
                .resideInAPackage("io.betrue.staticfiles..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.betrue..").and(not(resideInAPackage("io.betrue.staticfiles.."))))
                .check(CLASSES);
    }

    @Test
    void schemaStandsOnErrors() {
        noClasses()
                .that()
                .resideInAPackage("io.betrue.schema..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.betrue..")
                        .and(not(resideInAnyPackage("io.betrue.schema..", "io.betrue.errors.."))))
                .check(CLASSES);
    }

    @Test
    void schemasAreReadAndCheckedWithoutTheNetwork() {
        noClasses()
                .that()
                .resideInAPackage("io.betrue.schema..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.net.http..", "org.everit.json.schema.loader.."))
                .orShould()
                .callMethod(java.net.URL.class, "openStream")
                .orShould()
                .callMethod(java.net.URLConnection.class, "getInputStream")
                .check(CLASSES);
    }

    @Test
    void swaggerStandsOnSchemaAndErrors() {
        noClasses()
                .that()
                .resideInAPackage("io.betrue.swagger..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.betrue..")
                        .and(not(
                                resideInAnyPackage("io.betrue.swagger..", "io.betrue.schema..", "io.betrue.errors.."))))
                .check(CLASSES);
    }

    @Test
    void commandsStandOnSchemaAndErrors() {
        noClasses()
                .that()
                .resideInAPackage("io.betrue.commands..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.betrue..")
                        .and(not(resideInAnyPackage(
                                "io.betrue.commands..", "io.betrue.schema..", "io.betrue.errors.."))))
                .check(CLASSES);
    }

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
    void jobsStandAlone() {
        noClasses()
                .that()
                .resideInAPackage("io.betrue.jobs..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.betrue..").and(not(resideInAPackage("io.betrue.jobs.."))))
                .check(CLASSES);
    }

    @Test
    void processStandsAlone() {
        noClasses()
                .that()
                .resideInAPackage("io.betrue.process..")
                .should()
                .dependOnClassesThat(
                        not(resideInAnyPackage("io.betrue.process..", "java..", "org.jspecify..", "org.slf4j..")))
                .check(CLASSES);
    }

    @Test
    void localServersStandAlone() {
        noClasses()
                .that()
                .resideInAPackage("io.betrue.localservers..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.betrue..").and(not(resideInAPackage("io.betrue.localservers.."))))
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
    void servicesKnowNoTransport() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        SERVICES.stream().map(service -> service + "..").toArray(String[]::new))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "io.javalin..",
                        "org.eclipse.jetty..",
                        "jakarta.servlet..",
                        "java.net.http..",
                        "io.nats..",
                        "io.betrue.commands.http..",
                        "io.betrue.commands.ws..",
                        "io.betrue.commands.nats..",
                        "io.betrue.commands.gateway..",
                        "io.betrue.jobs.nats..",
                        "io.betrue.jobs.postgres..",
                        "io.betrue.jobs.daemon..",
                        "io.betrue.jobs.dashboard..",
                        "com.fasterxml.jackson.core..",
                        "com.fasterxml.jackson.databind.."))
                .check(CLASSES);
    }

    @Test
    void servicesKnowOfEachOtherWhatIsExported() {
        for (String service : SERVICES) {
            noClasses()
                    .that()
                    .resideInAPackage(service + "..")
                    .should()
                    .dependOnClassesThat(resideInAPackage("io.betrue.examples..")
                            .and(not(resideInAnyPackage(service + "..", "io.betrue.examples.*.api"))))
                    .check(CLASSES);
        }
    }

    @Test
    void theWalletKnowsNoneOfItsCompositionsAndTheyNotEachOther() {
        noClasses()
                .that()
                .resideInAnyPackage("io.betrue.examples.wallet..", "io.betrue.examples.microservices..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.betrue.examples.monolith.."))
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage("io.betrue.examples.wallet..", "io.betrue.examples.monolith..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.betrue.examples.microservices.."))
                .check(CLASSES);
    }

    @Test
    void whatServicesExportStandsAlone() {
        noClasses()
                .that()
                .resideInAPackage("io.betrue.examples.*.api")
                .should()
                .dependOnClassesThat(not(resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "com.fasterxml.jackson.annotation..",
                        "io.betrue.commands",
                        "io.betrue.errors",
                        "io.betrue.examples.*.api")))
                .check(CLASSES);
    }

    @Test
    void noToolkitStartsAGlobalOrReadsTheEnvironmentOnItsOwn() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.betrue.errors..",
                        "io.betrue.staticfiles..",
                        "io.betrue.swagger..",
                        "io.betrue.jobs",
                        "io.betrue.jobs.events..",
                        "io.betrue.jobs.internal..",
                        "io.betrue.jobs.nats..",
                        "io.betrue.jobs.postgres..",
                        "io.betrue.process..")
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "getProperty", String.class)
                .check(CLASSES);
    }
}
