package io.betrue.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.betrue.house.Compiled.CLASSES;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds the arrows of docs/architecture.md between the services of the examples and what is composed of them. */
class ExampleArrowsTest {
    private static final List<String> SERVICES = List.of(
            "io.betrue.examples.accounts",
            "io.betrue.examples.chat",
            "io.betrue.examples.files",
            "io.betrue.examples.ledger");

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
}
