package io.betrue.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.betrue.house.Compiled.CLASSES;

import org.junit.jupiter.api.Test;

/** Holds the arrows of docs/architecture.md between the toolkits: they point down, and there are no others. */
class ArrowsTest {
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
