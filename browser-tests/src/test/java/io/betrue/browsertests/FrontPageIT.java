package io.betrue.browsertests;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.testsupport.WalletApplication;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The monolith's front page, as a person uses it. */
class FrontPageIT {
    private static final String PASSWORD = "correct horse battery";

    private static WalletApplication monolith;

    private Browser browser;

    @BeforeAll
    static void start() throws Exception {
        monolith = WalletApplication.monolith(Map.of(
                "ACCOUNTS_CALLS_PER_MINUTE", "10000", "ACCOUNTS_LETTER_PAUSE", "1h")); // one letter each, so one code
    }

    @AfterAll
    static void stop() {
        monolith.close();
    }

    @BeforeEach
    void openBrowser() {
        browser = new Browser();
    }

    @AfterEach
    void closeBrowser() {
        browser.close();
    }

    @Test
    void registersAndMovesMoney() {
        register("ada@example.org");
        browser.type("#movement [name=amount]", "10.50");
        browser.see("button[name=deposit]").click();
        browser.awaitText("#balances", "10.50");
        browser.type("#movement [name=amount]", "0.50");
        browser.see("button[name=withdraw]").click();
        browser.awaitText("#balances", "10.00");
        browser.open(monolith.url() + "/");
        browser.awaitText("#balances", "10.00"); // still signed in after a reload
        browser.see("#sign-out").click();
        browser.see("#entrance");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void ordersAStatementByMail() {
        register("mary@example.org");
        browser.see("#statement option[value=JPY]").click();
        browser.see("button[name=statement]").click();
        browser.awaitText("#ordered", "of JPY is on its way");
        String job = browser.see("#ordered").getText().replaceFirst("^Statement (\\d+) .*$", "$1");
        monolith.awaitOutput("mail statement-" + job + " to ");
        browser.type("#movement [name=amount]", "1");
        browser.see("button[name=withdraw]").click();
        browser.awaitText("#failure", "too low");
        assertThat(browser.run("return document.querySelector('#ordered').textContent"))
                .isEqualTo("");
    }

    @Test
    void saysWhatWentWrong() {
        register("grace@example.org");
        browser.type("#movement [name=amount]", "1");
        browser.see("button[name=withdraw]").click();
        browser.awaitText("#failure", "too low");
    }

    @Test
    void whatIsAskedForIsFoundInTheLogByItsTrace() throws Exception {
        try (Relay relay = new Relay(monolith.url())) {
            register(relay.url(), "mileva@example.org");
            browser.run("""
                    const ask = window.fetch;
                    window.fetch = (url, init) => {
                        window.asked = init.headers.traceparent;
                        return ask(url, init);
                    }""");
            browser.type("#movement [name=amount]", "10.50");
            browser.see("button[name=deposit]").click();
            browser.awaitText("#balances", "10.50");
            String asked = browser.run("return window.asked").toString();
            assertThat(asked).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
            monolith.awaitOutput("trace " + asked.split("-", -1)[1]);

            relay.cut();
            browser.type("#movement [name=amount]", "1");
            browser.see("button[name=withdraw]").click();
            browser.awaitText("#failure", "cannot be reached");
            String shown = browser.see("#failure").getText();
            asked = browser.run("return window.asked").toString();
            assertThat(shown).contains("name " + asked.split("-", -1)[1]);
        }
    }

    @Test
    void worksWithTheKeyboardAlone() {
        browser.open(monolith.url() + "/");
        browser.type("#entrance [name=email]", "joan@example.org" + Keys.TAB + Keys.TAB + Keys.TAB + Keys.ENTER);
        browser.see("#registration");
        browser.press(Keys.ENTER); // the address is there, and has the focus
        browser.see("#registration [name=code]");
        browser.press(monolith.code("joan@example.org", "Confirm your address"), Keys.TAB, PASSWORD, Keys.ENTER);
        browser.see("#wallet");
    }

    @Test
    void opensAnAccountByALetterAlsoAfterAReload() {
        browser.open(monolith.url() + "/");
        ask("lise@example.org");
        String code = monolith.code("lise@example.org", "Confirm your address");
        browser.open("about:blank");
        browser.open(monolith.url() + "/");
        browser.type("#entrance [name=email]", "lise@example.org");
        browser.see("#entrance [name=register]").click();
        browser.see("#registration .has-code").click();
        confirm("WRONG-CODE", PASSWORD);
        browser.awaitText("#failure", "wrong or has expired");
        confirm(code, "short");
        browser.awaitTrue("document.querySelector('#registration [name=password]').validity.tooShort");
        browser.see("#registration .again").click();
        browser.awaitText("#registration .done", "at most one a minute");
        confirm(code.toLowerCase(Locale.ROOT), PASSWORD);
        browser.see("#wallet");
        browser.run("location.hash = '#account'");
        browser.awaitText("#my-state", "confirmed");
        assertThat(browser.see("#my-state").getText()).isEqualTo("confirmed");
    }

    @Test
    void looksTheSameToWhoeverAsksForAnAddressThatIsTaken() {
        register("emma@example.org");
        browser.see("#sign-out").click();
        browser.see("#entrance");
        ask("emma@example.org");
        String taken = browser.see("#registration").getText();
        confirm("WRONG-CODE", PASSWORD);
        browser.awaitText("#failure", "wrong or has expired");
        browser.see("#registration .back").click();
        browser.see("#entrance");
        ask("ruth@example.org");
        assertThat(browser.see("#registration").getText()).isEqualTo(taken);
    }

    @Test
    void sendsMoney() {
        for (String email : List.of("otto@example.org", "emmy@example.org")) {
            register(email);
            if (email.startsWith("otto")) {
                browser.see("#sign-out").click();
                browser.see("#entrance");
            }
        }
        browser.type("#movement [name=amount]", "10");
        browser.see("#movement [name=deposit]").click();
        browser.awaitText("#balances", "10.00");
        browser.type("#transfer [name=email]", "otto@example.org");
        browser.type("#transfer [name=amount]", "4");
        browser.see("#transfer [name=transfer]").click();
        browser.awaitText("#transferred", "went to otto@example.org");
        browser.awaitText("#balances", "6.00");
    }

    @Test
    void setsANewPasswordByACode() {
        register("hedy@example.org");
        browser.see("#sign-out").click();
        browser.type("#entrance [name=email]", "hedy@example.org");
        browser.see("#forgotten").click();
        browser.see("#recovery [name=go]").click();
        browser.type("#recovery [name=code]", monolith.code("hedy@example.org", "Set a new password"));
        browser.type("#recovery [name=password]", "staple battery horse");
        browser.see("#recovery [name=go]").click();
        browser.see("#wallet");
        browser.see("#sign-out").click();
        browser.type("#entrance [name=email]", "hedy@example.org");
        browser.type("#entrance [name=password]", PASSWORD);
        browser.see("#entrance [name=sign-in]").click();
        browser.awaitText("#failure", "password is wrong");
    }

    @Test
    void fitsPhone() {
        browser.resize(360, 740);
        register("lin@example.org");
        assertThat(browser.run("return document.documentElement.scrollWidth <= window.innerWidth"))
                .isEqualTo(true);
    }

    @Test
    void loadsItsFilesUnderFingerprintedNames() {
        browser.open(monolith.url() + "/");
        browser.see("#entrance");
        String names = browser.run("return performance.getEntriesByType('resource').map(e => e.name).join(' ')")
                .toString();
        assertThat(names)
                .containsPattern("/css/app-[0-9a-f]+\\.css")
                .containsPattern("/js/app-[0-9a-f]+\\.js")
                .containsPattern("/img/grain-[0-9a-f]+\\.svg")
                .doesNotContain("/app.css", "/app.js");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void showsPageOfItsOwnWhereThereIsNone() {
        browser.open(monolith.url() + "/no/such/page");
        browser.awaitText("h1", "Not here");
    }

    private void register(String email) {
        register(monolith.url(), email);
    }

    private void register(String url, String email) {
        browser.open(url + "/");
        ask(email);
        confirm(monolith.code(email, "Confirm your address"), PASSWORD);
        browser.see("#wallet");
    }

    /** Asks for a letter. */
    private void ask(String email) {
        browser.type("#entrance [name=email]", email);
        browser.see("#entrance [name=register]").click();
        browser.see("#registration [name=go]").click();
        browser.see("#registration [name=code]");
    }

    private void confirm(String code, String password) {
        browser.type("#registration [name=code]", code);
        browser.type("#registration [name=password]", password);
        browser.see("#registration [name=go]").click();
    }
}
