package io.betrue.browsertests;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.testsupport.WalletApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page of the monolith's API, as its users have it. */
class MonolithDocsIT {
    private static WalletApplication monolith;

    @BeforeAll
    static void start() throws Exception {
        monolith = WalletApplication.monolith(Map.of());
    }

    @AfterAll
    static void stop() {
        monolith.close();
    }

    @Test
    void listsTheOperationsAndCallsThem() throws Exception {
        String address = monolith.url().replaceFirst("/$", "");
        try (Browser browser = new Browser()) {
            browser.open(address + "/docs");
            browser.awaitText(".opblock-summary-path", "/api/ledger/deposit");
            List<String> operations = operations(address + "/openapi.json");
            assertThat(operations).contains("accountsRegister", "ledgerDeposit").hasSizeGreaterThan(8);
            assertThat(browser.run("return document.querySelectorAll('.opblock').length"))
                    .isEqualTo((long) operations.size());

            browser.see("#operations-accounts-accountsRegister .opblock-summary-control")
                    .click();
            browser.see(".try-out__btn").click();
            browser.type("textarea.body-param__text", "{\"email\": \"ada@example.org\"}");
            browser.see(".execute").click();
            browser.awaitText(".live-responses-table .response-col_status", "200");
            browser.awaitText(".live-responses-table .response-col_description", "{}");

            assertThat(browser.requests())
                    .contains(address + "/openapi.json", address + "/api/accounts/register")
                    .allMatch(request -> request.startsWith(address + "/"));
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static List<String> operations(String document) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(document)).build();
        String text = HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body();
        return Pattern.compile("\"operationId\" : \"([^\"]*)\"")
                .matcher(text)
                .results()
                .map(id -> id.group(1))
                .toList();
    }
}
